import ArgumentParser
import Atlas
import Foundation

/// The command line: parse, call, print. 补链
@main
struct Bulian: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bulian",
    abstract: say(
      "补链：为链长制办公室找缺环、排名单、算两项物流账、出谈判方案。",
      "Bulian: the missing links of a chain, whom to visit, both freight bills, the papers to carry."
    ),
    discussion: """
      先看一遍：bulian init 试用 --sample && bulian rank -w 试用 && bulian shortlist -w 试用
      English: set `language: en` in bulian.yaml.
      """,
    version: version,
    subcommands: [
      InitCommand.self, StartCommand.self, TemplateCommand.self, ImportCommand.self,
      LinkCommand.self,
      GapsCommand.self, PositionCommand.self, AskCommand.self, RankCommand.self,
      ShortlistCommand.self,
      PanoramaCommand.self,
      BriefCommand.self,
      ExplainCommand.self, FreightCommand.self, LogitCommand.self,
      VisitsCommand.self,
      OutcomeCommand.self, ReportCommand.self, OverrideCommand.self, RecuseCommand.self,
      AuditCommand.self, NightlyCommand.self, PurgeCommand.self, RestoreCommand.self,
      ReplayCommand.self,
      CalibrateCommand.self, BacktestCommand.self,
      ModelCommand.self, DoctorCommand.self, RunsCommand.self,
    ])

  /// Part of every run's fingerprint.
  static let version = "0.1.0"

  /// Help, version and exit codes that a command asks for are the parser's own business.
  private static func isParsers(_ error: any Error) -> Bool {
    if error is CleanExit || error is ExitCode || error is ValidationError { return true }
    return String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
  }

  static func main() {
    do {
      var command = try parseAsRoot()
      do {
        try command.run()
      } catch let error where !isParsers(error) {
        let failure = Failure(error)
        failure.print(in: Clock.language)
        exit(withError: ExitCode(failure.exitCode))
      }
    } catch {
      exit(withError: error)
    }
  }
}
