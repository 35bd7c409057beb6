import Atlas
import Foundation
import Testing

@testable import Ledger

/// Measured on request only: `BULIAN_SCALE_ROWS=1000000 swift test --filter ScaleTests`.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["BULIAN_SCALE_ROWS"] != nil,
    "set BULIAN_SCALE_ROWS to measure"))
struct ScaleTests {
  /// Peak resident memory of the process, MB (VmHWM of /proc/self/status).
  static func peakMegabytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    let digits = line?.filter(\.isNumber) ?? ""
    return (Int(digits) ?? 0) / 1024
  }

  @Test("a registry of a million rows streams in bounded memory, and twice changes nothing")
  func registry() throws {
    let rows = Int(ProcessInfo.processInfo.environment["BULIAN_SCALE_ROWS"] ?? "") ?? 100_000
    let bench = try Workbench()
    let path = bench.folder.appending(path: "registry.csv").path
    try #require(FileManager.default.createFile(atPath: path, contents: nil))
    let handle = try #require(FileHandle(forWritingAtPath: path))
    var text = "企业名称,统一社会信用代码,登记状态,成立日期,注册资本,所属省份,所属城市,员工人数,主营产品,经营范围\n"
    let cities = ["深圳市", "鹤岗市", "吉林市"]
    for row in 0..<rows {
      text +=
        "示例\(row)号电子有限公司,\(World.creditCode(row)),存续,2015-06-0\(row % 9 + 1),\(row % 5000)万元人民币,"
      text += "\(["广东", "黑龙江", "吉林"][row % 3]),\(cities[row % 3]),\(row % 900),多层板、覆铜板,"
      text += "电子元器件制造；印制电路板制造；货物进出口；技术服务（依法须经批准的项目，经相关部门批准后方可开展经营活动）\n"
      if text.utf8.count > 1 << 20 {
        try handle.write(contentsOf: Data(text.utf8))
        text = ""
      }
    }
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
    let before = Self.peakMegabytes()
    var start = ContinuousClock.now
    let first = try bench.ledger.importFile(path, kind: "firms", context: World.context())
    var seconds =
      Double((ContinuousClock.now - start).components.seconds) + Double(
        (ContinuousClock.now - start).components.attoseconds) * 1e-18
    print(
      "import", rows, "rows in", seconds, "s:", Int(Double(rows) / seconds), "rows/s; peak",
      Self.peakMegabytes(), "MB, before", before)
    #expect(first.accepted == rows)
    #expect(Self.peakMegabytes() - before < 300)
    start = ContinuousClock.now
    let second = try bench.ledger.importFile(path, kind: "firms", context: World.context())
    print("again", ContinuousClock.now - start)
    #expect(second.unchanged == rows && second.batch == nil)
    start = ContinuousClock.now
    let snapshot = try bench.freeze()
    seconds = Double((ContinuousClock.now - start).components.seconds)
    print("freeze", ContinuousClock.now - start, "peak", Self.peakMegabytes(), "MB")
    #expect(snapshot.firms.count == rows)
    start = ContinuousClock.now
    var texts = 0
    try bench.ledger.forEachFirmText { _ in texts += 1 }
    print("texts", texts, ContinuousClock.now - start, "peak", Self.peakMegabytes(), "MB")
  }
}
