using KubeLens.Store.Tests.AccessReview;
using KubeLens.Store.Tests.Audit;
using KubeLens.Store.Tests.Commands;
using KubeLens.Store.Tests.Counts;
using KubeLens.Store.Tests.Health;
using KubeLens.Store.Tests.Holds;
using KubeLens.Store.Tests.InFlight;
using KubeLens.Store.Tests.Ingest;
using KubeLens.Store.Tests.Live;
using KubeLens.Store.Tests.Notes;
using KubeLens.Store.Tests.Objects;
using KubeLens.Store.Tests.Purging;
using KubeLens.Store.Tests.Retention;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Store.Tests.Search;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Distribution;

/// <summary>Tests of the Store that are run once more with distributed tables: together they go wherever calls are written, moved, read and dropped.</summary>
internal static class DistributedScenarios
{
    public static readonly IReadOnlyDictionary<string, Func<PostgresServer, Task>> All = new Dictionary<string, Func<PostgresServer, Task>>
    {
        ["deliveries in parts"] = postgres => new RedeliveryTests(postgres).Batch_SplitReorderedAndOverlapping_IsStoredOnceWithItsBodies(),
        ["deliveries at once"] = postgres => new RedeliveryTests(postgres).Batches_DeliveredByManyAtOnce_AreStoredOnce(),
        ["search by each field"] = postgres => new SearchFieldTests(postgres).Search_ByEachField_FindsTheRightCalls(),
        ["search over rows and sealed calls"] = postgres => new SealedSearchTests(postgres).Cursor_OfAPageBeforeSealing_GoesOnAfterIt(),
        ["search in bodies"] = postgres => new BodySearchTests(postgres).Pages_ThatLookIntoMuch_AreShortAndLoseNothing(),
        ["history of an object"] = postgres => new ObjectHistoryTests(postgres).History_OfALife_SaysWhatEachCallDid_HotAndSealedAlike(),
        ["runs of commands"] = postgres => new CommandsApiTests(postgres).Apply_OfTwoObjects_IsOneRunWithWhatItDid(),
        ["counts"] = postgres => new CountsApiTests(postgres).Answers_AreTheGoldenJson(),
        ["counts of calls that change"] = postgres => new RollupTests(postgres).Calls_ThatChangeOrGo_AreCountedAsTheyAre(),
        ["access reviews"] = postgres => new AccessDayTests(postgres).Calls_WhereverTheyLie_CountOnce(),
        ["live feed"] = postgres => new LiveApiTests(postgres).Feed_CallsAreStored_SendsThoseThatTheSearchFindsAndAsItShowsThem(),
        ["status"] = postgres => new StatusApiTests(postgres).Status_OfHotAndSealedCalls_TellsOfBoth(),
        ["late calls"] = postgres => new SealingTests(postgres).Late_CallsOfASealedHour_AreFoundAndSealedAsWell(),
        ["packs of sealed calls"] = postgres => new SealingTests(postgres).Packs_WhoseCallsAreAllSealed_AreDropped(),
        ["ages of sealed calls"] = postgres => new SealingTests(postgres).Retention_OfWhatIsSealed_HasTheSameAges(),
        ["ages of bodies"] = postgres => new RetentionTests(postgres).Bodies_AfterTheDaysOfTheirClass_GoAndTheCallsStay(),
        ["retention by size"] = postgres => new RetentionTests(postgres).Size_AboveTheLimit_TakesTheOldestAndNeverWhatIsBeingWritten(),
        ["holds"] = postgres => new HoldTests(postgres).Retention_ByAge_LeavesWhatIsHeldAndTakesTheRest(),
        ["purges"] = postgres => new PurgeTests(postgres).Purge_TakesWhatItFindsAndNothingElse(60),
        ["purges of what was held"] = postgres => new PurgeTests(postgres).Purge_OfWhatWasHeld_TakesEveryCopy(),
        ["a lost gateway"] = postgres => new OpenCallTests(postgres).GatewayLost_SuccessorDelivers_IsOneCallForGood(),
        ["a call that was lost and came"] = postgres => new OpenCallTests(postgres).GatewayLost_WrittenOffAfterADay_GivesWayToTheTruth(),
        ["audit events"] = postgres => new AuditJoinTests(postgres).Event_BeforeOrAfterItsCall_IsPartOfIt(before: false),
        ["an audit event before its call"] = postgres => new AuditJoinTests(postgres).Call_ThatComesAfterItsEventWasGivenUp_TakesItsPlace(),
        ["audit events of sealed calls"] = postgres => new AuditSealedTests(postgres).Events_OfSealedCalls_GoIntoThem(0),
        ["notes"] = postgres => new NoteLifeTests(postgres).Search_ForNotes_FindsRowsLateAndSealedCallsAlike(),
        ["ages of calls with notes"] = postgres => new NoteLifeTests(postgres).Retention_ThatDropsCalls_TakesTheirNotesAndIsNotHeldUpByThem(),
        ["a contested id"] = postgres => new AuditJoinTests(postgres).ForgedId_UsedAgainHoursLater_IsFoundToBeAnothersId(),
    };
}
