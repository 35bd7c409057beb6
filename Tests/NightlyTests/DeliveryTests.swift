import Foundation
import Testing

@testable import Nightly

private func scratch() throws -> URL {
  let url = FileManager.default.temporaryDirectory.appending(path: "night-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  return url
}

@Suite("delivery")
struct DeliveryTests {
  private func deliver(_ outbox: URL, _ name: String, _ text: String) throws -> URL {
    var delivery = try Delivery(outbox: outbox, name: name)
    try Data(text.utf8).write(to: delivery.folder.appending(path: "a.html"))
    delivery.add(
      Delivery.Paper(
        kind: "shortlist", subject: "pcb", isFirm: false, title: "t", language: "zh-Hans",
        path: "a.html"))
    return try delivery.publish(as: name, run: "r1", asOf: "2026-11-25") { _ in }
  }

  @Test("a delivery appears whole, with digests, and latest leads to it")
  func publishes() throws {
    let outbox = try scratch()
    let target = try deliver(outbox, "2026-11-25-aaaaaa", "one")
    #expect(target.lastPathComponent == "2026-11-25-aaaaaa")
    let latest = outbox.appending(path: "latest/a.html")
    #expect(try String(contentsOf: latest, encoding: .utf8) == "one")
    let manifest = try String(contentsOf: target.appending(path: "manifest.json"), encoding: .utf8)
    // SHA-256 of "one".
    #expect(manifest.contains("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"))
    #expect(manifest.contains("\"bytes\": 3"))
    let again = try deliver(outbox, "2026-11-25-aaaaaa", "two")
    #expect(again.lastPathComponent == "2026-11-25-aaaaaa-2")
    #expect(try String(contentsOf: latest, encoding: .utf8) == "two")
  }

  @Test("what an interrupted night left behind is removed, and never seen as a delivery")
  func leftovers() throws {
    let outbox = try scratch()
    _ = try deliver(outbox, "2026-11-25-aaaaaa", "one")
    let broken = try Delivery(outbox: outbox, name: "2026-11-26-bbbbbb")
    try Data("half".utf8).write(to: broken.folder.appending(path: "a.html"))
    #expect(
      try String(contentsOf: outbox.appending(path: "latest/a.html"), encoding: .utf8) == "one")
    _ = try Delivery(outbox: outbox, name: "2026-11-27-cccccc")
    #expect(!FileManager.default.fileExists(atPath: broken.folder.path))
  }

  @Test("a paper that is not there stops the delivery before anything is renamed")
  func missingPaper() throws {
    let outbox = try scratch()
    var delivery = try Delivery(outbox: outbox, name: "2026-11-25-aaaaaa")
    delivery.add(
      Delivery.Paper(
        kind: "x", subject: "", isFirm: false, title: "", language: "en", path: "none.html"))
    #expect(throws: NightError.self) {
      _ = try delivery.publish(as: "2026-11-25-aaaaaa", run: "", asOf: "") { _ in }
    }
    #expect(!FileManager.default.fileExists(atPath: outbox.appending(path: "latest").path))
  }

  @Test("retention keeps the newest and the one that latest leads to, and touches nothing else")
  func retains() throws {
    let outbox = try scratch()
    try Data().write(to: outbox.appending(path: "STATUS.txt"))
    try FileManager.default.createDirectory(
      at: outbox.appending(path: "2020-01-01-mine"), withIntermediateDirectories: true)
    for day in ["21", "22", "23", "24"] { _ = try deliver(outbox, "2026-11-\(day)-aaaaaa", day) }
    let removed = Delivery.retain(2, in: outbox)
    #expect(removed == ["2026-11-22-aaaaaa", "2026-11-21-aaaaaa"])
    let left = try FileManager.default.contentsOfDirectory(atPath: outbox.path).sorted()
    #expect(
      left == [
        "2020-01-01-mine", "2026-11-23-aaaaaa", "2026-11-24-aaaaaa", "STATUS.txt", "latest",
      ])
  }
}

@Suite("lock, state, diary")
struct NightLockTests {
  private let holder = NightLock.Holder(pid: 1, host: "h", start: "2026-11-25T00:00:00Z")

  @Test("a second night finds the lock held, says by whom, and gets it when the first is gone")
  func locks() throws {
    let path = try scratch().appending(path: "lock").path
    var first = try NightLock.take(path, as: holder)
    #expect(first != nil)
    #expect(try NightLock.take(path, as: holder) == nil)
    #expect(NightLock.holder(of: path) == holder)
    first = nil
    _ = first
    #expect(try NightLock.take(path, as: holder) != nil)
  }

  @Test("a state that cannot be read counts as none; a stored one reads back")
  func state() throws {
    let file = try scratch().appending(path: "state.json")
    var state = NightState()
    state.finished["link"] = "abc"
    state.deliveredRun = "r"
    try state.save(file)
    #expect(NightState.load(file) == state)
    #expect(state.isFinished("link", "abc") && !state.isFinished("link", "abd"))
    try Data("{half".utf8).write(to: file)
    #expect(NightState.load(file) == NightState())
  }

  @Test("the metrics have a line for every stage, and each metric its help and type")
  func metrics() throws {
    var diary = NightDiary(host: "h", version: "1")
    diary.add(NightDiary.measure("match", fingerprint: "f") { (10, 3) })
    diary.skip("link", fingerprint: "g")
    let text = diary.metrics(exitCode: 0, finishedAt: 5, papers: 7)
    #expect(text.contains("bulian_stage_rows_in{stage=\"match\"} 10\n"))
    #expect(text.contains("bulian_stage_skipped{stage=\"link\"} 1\n"))
    #expect(text.contains("bulian_night_papers 7\n"))
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let name = line.prefix { $0 != "{" && $0 != " " }
      #expect(text.contains("# TYPE \(name) gauge"))
    }
  }
}
