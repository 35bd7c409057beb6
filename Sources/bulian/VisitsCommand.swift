import ArgumentParser
import Atlas
import Briefing
import Foundation
import Itinerary

/// Visit lists, and the solver on public instances. 拜访清单
struct VisitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "visits",
    abstract: say(
      "排走访行程；solve 求解公开算例，供任何人核对求解器。",
      "Plan visits; solve works on public instances, so that anyone can check the solver."),
    subcommands: [VisitsTripCommand.self, SolveCommand.self],
    defaultSubcommand: VisitsTripCommand.self)

  struct SolveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "solve",
      abstract: say(
        "求解一个公开的定向越野算例（OPLib、Tsiligirides/Chao、TOP、TOPTW）。",
        "Solve one public orienteering instance (OPLib, Tsiligirides/Chao, TOP, TOPTW)."),
      discussion: example("bulian visits solve att48-gen2-50.oplib --seconds 5"))

    @Argument(help: .say("算例文件", "instance file")) var file: String
    @Option(help: .say("最多几秒", "seconds at most")) var seconds: Double = 5
    @Option(help: .say("最多几步", "iterations at most")) var iterations: Int = .max
    @Option(help: .say("随机种子", "random seed")) var seed: UInt64 = 1
    @Option(help: .say("输出格式：table、json", "output: table, json")) var format: OutputFormat = .json

    func run() throws {
      guard let data = FileManager.default.contents(atPath: file),
        let text = String(data: data, encoding: .utf8)
      else {
        throw Failure(
          "BL0118", exit: 66,
          Phrase(zh: "读不到算例文件 \(file)。", en: "cannot read the instance file \(file)."))
      }
      let name = URL(fileURLWithPath: file).lastPathComponent
      let instance: Instance
      do {
        instance = try parseInstance(text: text, name: name)
      } catch {
        throw Failure("BL0119", exit: 65, Phrase(zh: error.chineseSentence, en: error.sentence))
      }
      let start = ContinuousClock.now
      let limit = Duration.seconds(seconds)
      let solution = try solve(
        instance, budget: SearchBudget(iterations: iterations, seed: seed),
        shouldStop: { ContinuousClock.now - start >= limit })
      print(
        JSONValue.object([
          ("score", .number(solution.score)), ("length", .number(solution.length)),
          ("routes", .array(solution.routes.map { .array($0.map { .string($0) }) })),
          ("iterations", .int(solution.iterations)),
        ]).pretty, terminator: "")
    }
  }
}
