using KubeLens.Contracts.Query;

namespace KubeLens.Store.Holds;

/// <summary>What the query of a hold may ask.</summary>
internal static class HoldQuery
{
    public const string NotesRefused = "A legal hold cannot ask for has:note: whoever writes or deletes a note would say what is kept. Ask for the calls themselves, as call:(…).";

    /// <summary>Whether a query finds more or less when people write notes.</summary>
    public static bool AsksNotes(QueryNode query) => query switch
    {
        AndNode and => and.Items.Any(AsksNotes),
        OrNode or => or.Items.Any(AsksNotes),
        NotNode not => AsksNotes(not.Item),
        FieldNode { Field: "has" } has => has.Values.Any(value => value.Text == "note"),
        _ => false,
    };
}
