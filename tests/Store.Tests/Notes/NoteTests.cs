using System.Net;
using System.Text.Json;
using KubeLens.Contracts.Calls;
using KubeLens.Contracts.Otlp;
using KubeLens.Store.Access;
using KubeLens.Store.Notes;
using KubeLens.Store.Tests.Sealing;
using KubeLens.Testing;

namespace KubeLens.Store.Tests.Notes;

/// <summary>Who may write, read, change and delete notes, and what one may be.</summary>
public sealed class NoteTests(PostgresServer postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Note_OfAViewer_IsReadByAllAndIsItsAuthorsToChange()
    {
        await using var store = await SealedStore.StartAsync(postgres, Cancel);
        var id = await OneAsync(store);
        using var alice = NotesClient.Of(store);
        using var bob = NotesClient.Of(store, "bob", StoreRole.Auditor);
        using var carol = NotesClient.Of(store, "carol", StoreRole.Admin);
        (await bob.ListAsync(id, Cancel)).ShouldBeEmpty();

        var written = await alice.WriteAsync(id, "  incident 1234:\r\n<b>this</b> one\t– 語 ", Cancel);
        await bob.WriteAsync(id, "seen", Cancel);

        (written.Author, written.Text, written.ChangedAt).ShouldBe(("alice", "incident 1234:\n<b>this</b> one\t– 語", null));
        written.WrittenAt.ShouldBeInRange(SampleCalls.Now.AddMinutes(-1), SampleCalls.Now.AddMinutes(1));
        (await bob.ListAsync(id, Cancel))!.Select(note => $"{note.Author}: {note.Text}").ShouldBe([$"alice: {written.Text}", "bob: seen"]);
        foreach (var other in (NotesClient[])[bob, carol])
        {
            (await other.SendAsync(HttpMethod.Put, id, written.Id, """{"text":"mine now"}""", Cancel)).ShouldBe((HttpStatusCode.Forbidden, "The note is of alice; only its author may change it."));
        }

        (await bob.SendAsync(HttpMethod.Delete, id, written.Id, null, Cancel)).ShouldBe((HttpStatusCode.Forbidden, "The note is of alice; only its author or an admin may delete it."));
        (await alice.SendAsync(HttpMethod.Put, id, written.Id, """{"text":"incident 1234, closed"}""", Cancel)).Status.ShouldBe(HttpStatusCode.OK);
        var changed = (await bob.ListAsync(id, Cancel))![0];
        (changed.Id, changed.Author, changed.Text, changed.WrittenAt).ShouldBe((written.Id, "alice", "incident 1234, closed", written.WrittenAt));
        changed.ChangedAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(written.WrittenAt);

        await store.SealAsync(Cancel);
        (await store.PlacesAsync(Cancel)).Sealed.ShouldBe(1);
        (await bob.ListAsync(id, Cancel))!.Count.ShouldBe(2);
        await alice.WriteAsync(id, "sealed by now", Cancel);
        (await carol.SendAsync(HttpMethod.Delete, id, written.Id, null, Cancel)).Status.ShouldBe(HttpStatusCode.NoContent);
        store.Logs.Lines.ShouldContain(line => line.Id.Id == 1399 && line.Text.Contains("deleted a note of alice", StringComparison.Ordinal));
        (await alice.SendAsync(HttpMethod.Delete, id, written.Id, null, Cancel)).ShouldBe((HttpStatusCode.NotFound, $"There is no note {written.Id} on the call."));
        (await alice.ListAsync(id, Cancel))!.Select(note => note.Text).ShouldBe(["seen", "sealed by now"]);
    }

    [Theory]
    [InlineData("""{}""", "text Q172: text: expected 1 to 2000 characters, and there are 0.")]
    [InlineData("""{"text":null}""", "text Q172: text: expected 1 to 2000 characters, and there are 0.")]
    [InlineData("""{"text":" \r\n "}""", "text Q172: text: expected 1 to 2000 characters, and there are 0.")]
    [InlineData("""{"text":"a\u0000b"}""", "text Q172: text: there are control characters in it; leave all out but line breaks and tabs.")]
    [InlineData("""{"text":"a\u001b[31mb"}""", "text Q172: text: there are control characters in it; leave all out but line breaks and tabs.")]
    [InlineData("""{"text":"a\ud800b"}""", "")]
    [InlineData("""nonsense""", "")]
    public async Task Text_ThatCannotBeANote_IsRefusedWithItsFieldAndCode(string json, string problem)
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var id = await OneAsync(store);
        using var alice = NotesClient.Of(store);

        (await alice.SendAsync(HttpMethod.Post, id, null, json, Cancel)).ShouldBe((HttpStatusCode.BadRequest, problem));

        (await alice.ListAsync(id, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Notes_AreBoundedInLengthAndNumber()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var (id, other) = (await OneAsync(store), await OneAsync(store, "other"));
        using var alice = NotesClient.Of(store);
        (await alice.SendAsync(HttpMethod.Post, id, null, JsonSerializer.Serialize(new { text = new string('x', 2_001) }), Cancel)).Problem.ShouldEndWith("there are 2001.");
        foreach (var i in Enumerable.Range(0, NoteTable.Most))
        {
            await alice.WriteAsync(id, i == 0 ? new string('x', 2_000) : $"{i}", Cancel);
        }

        (await alice.SendAsync(HttpMethod.Post, id, null, """{"text":"one more"}""", Cancel)).ShouldSatisfyAllConditions(r => r.Status.ShouldBe(HttpStatusCode.Conflict), r => r.Problem.ShouldContain("100 notes on the call"));
        await alice.WriteAsync(other, "of another call", Cancel);
        (await alice.ListAsync(id, Cancel))!.Count.ShouldBe(NoteTable.Most);
    }

    [Fact]
    public async Task Call_ThatIsNotThere_HasNoNotes()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var (id, other) = (await OneAsync(store), await OneAsync(store, "other"));
        using var alice = NotesClient.Of(store);
        var note = await alice.WriteAsync(id, "here", Cancel);
        var missing = CallId.Of(SampleCalls.Now, SampleCalls.NextBatchId(), 3).ToString();
        foreach (var nothing in (string[])["x", missing, "00000000000000aa-17"])
        {
            (await alice.ListAsync(nothing, Cancel)).ShouldBeNull(nothing);
            (await alice.SendAsync(HttpMethod.Post, nothing, null, """{"text":"lost"}""", Cancel)).Status.ShouldBe(HttpStatusCode.NotFound, nothing);
            (await alice.SendAsync(HttpMethod.Put, nothing, note.Id, """{"text":"lost"}""", Cancel)).Status.ShouldBe(HttpStatusCode.NotFound, nothing);
            (await alice.SendAsync(HttpMethod.Delete, nothing, note.Id, null, Cancel)).Status.ShouldBe(HttpStatusCode.NotFound, nothing);
        }

        (await alice.SendAsync(HttpMethod.Put, other, note.Id, """{"text":"of another call"}""", Cancel)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await alice.SendAsync(HttpMethod.Delete, other, note.Id, null, Cancel)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await alice.ListAsync(id, Cancel)).ShouldHaveSingleItem().Text.ShouldBe("here");
    }

    [Fact]
    public async Task CallInFlight_TakesNotesOnceItHasEnded()
    {
        await using var store = await TestStore.StartAsync(postgres, Cancel);
        var watch = SampleCalls.One() with { Verb = "watch", Sequence = 7 };
        await store.DeliverRecordsAsync([Otlp.Open(watch), Otlp.Lease(watch.Boot)], Cancel);
        var open = (await store.SearchAsync("is:inflight", Cancel)).ShouldHaveSingleItem().Id;
        using var alice = NotesClient.Of(store);
        (await alice.ListAsync(open, Cancel)).ShouldBeEmpty();
        (await alice.SendAsync(HttpMethod.Post, open, null, """{"text":"early"}""", Cancel)).ShouldBe((HttpStatusCode.Conflict, "The call has not ended: write the note when it has."));

        await store.DeliverAsync([watch with { Time = SampleCalls.Now, Announced = true }], Cancel);

        await alice.WriteAsync(open, "by the id it ran under", Cancel);
        var ended = (await store.SearchAsync("has:note", Cancel)).ShouldHaveSingleItem().Id;
        ended.ShouldNotBe(open);
        (await alice.ListAsync(ended, Cancel)).ShouldHaveSingleItem().Text.ShouldBe("by the id it ran under");
    }

    private static async Task<string> OneAsync(TestStore store, string name = "web-0")
    {
        var call = SampleCalls.One(name: name) with { Time = SealedStore.HourAgo(3), Position = SampleCalls.Position(0, 1, SampleCalls.NextBatchId()) };
        await store.DeliverAsync([call], Cancel);
        return SealedStore.IdOf(call);
    }
}
