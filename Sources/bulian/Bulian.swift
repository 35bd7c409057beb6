import ArgumentParser
import Atlas
import Foundation

/// The command line: parse, call, print. 补链
@main
struct Bulian: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bulian",
    abstract: "补链：为链长制办公室找缺环、排名单、算两项物流账、出谈判方案。",
    discussion: """
      先看一遍：bulian init 试用 --sample && bulian rank -w 试用 && bulian shortlist -w 试用
      English: set `language: en` in bulian.yaml.
      """,
    version: version,
    subcommands: [
      InitCommand.self, TemplateCommand.self, ImportCommand.self, LinkCommand.self,
      GapsCommand.self, RankCommand.self, ShortlistCommand.self, PanoramaCommand.self,
      BriefCommand.self,
      ExplainCommand.self, FreightCommand.self, LogitCommand.self,
      VisitsCommand.self,
      OutcomeCommand.self, ReportCommand.self,
      ModelCommand.self, DoctorCommand.self, RunsCommand.self,
    ])

  /// Part of every run's fingerprint.
  static let version = "0.1.0"

  static func main() {
    do {
      var command = try parseAsRoot()
      do {
        try command.run()
      } catch let error
        where !(error is CleanExit) && !(error is ExitCode) && !(error is ValidationError)
      {
        let failure = Failure(error)
        failure.print(in: Clock.language)
        exit(withError: ExitCode(failure.exitCode))
      }
    } catch {
      exit(withError: error)
    }
  }
}
