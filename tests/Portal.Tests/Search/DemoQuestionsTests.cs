using KubeLens.Contracts.Query;
using KubeLens.Portal.Search;

namespace KubeLens.Portal.Tests.Search;

public sealed class DemoQuestionsTests
{
    public static TheoryData<string> Queries => [.. DemoQuestions.All.Select(question => question.Answer.Query)];

    [Fact]
    public void All_Read_AreTheFiveThatTheDemoAnswers() =>
        DemoQuestions.All.Select(question => question.Question).ShouldBe(
        [
            "Who deleted payments-api?",
            "What changed before the crash loop?",
            "Who reads secrets?",
            "Which client lists everything?",
            "What did the night shell do?",
        ]);

    [Theory]
    [MemberData(nameof(Queries))]
    public void Query_Parsed_HasNothingToSayAgainst(string query) => QueryParser.Parse(query).Messages.ShouldBeEmpty();
}
