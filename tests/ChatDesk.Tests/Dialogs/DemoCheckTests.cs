using ChatDesk.Dialogs.Checks;

namespace ChatDesk.Tests.Dialogs;

public sealed class DemoCheckTests
{
    [Fact]
    public void The_shipped_dialogs_pass_their_own_check()
    {
        var report = new StringWriter();
        var code = new DialogCheck(Demo.Hours.Calendar.IsWorkingDay).Run(Demo.Folder, report);
        Assert.True(code == 0, report.ToString());
    }
}
