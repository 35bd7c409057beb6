import Atlas
import Crypto
import Foundation
import Synchronization

/// SHA-256 of the facts of a batch, which another thread may take while the next are written. 事实摘要
struct FactsDigest {
  private static let pieceSize = 1 << 18

  private let hash = Hash()
  /// Takes the digest piece by piece; nil to take it at once.
  private let queue: DispatchQueue?
  private let pieces = DispatchGroup()
  private var piece: [UInt8] = []

  private final class Hash: Sendable {
    private let state = Mutex(SHA256())

    func update(_ bytes: [UInt8]) { state.withLock { $0.update(data: bytes) } }
    func text() -> String {
      state.withLock { $0.finalize() }.map { hexadecimal($0) }.joined()
    }
  }

  init(workers: Workers) {
    queue = workers.count > 1 ? DispatchQueue(label: "bulian.facts") : nil
    piece.reserveCapacity(FactsDigest.pieceSize * 2)
  }

  /// Takes the canonical bytes of a fact in, with its firm and where it stands.
  mutating func add(_ content: CellBytes, firm: Int64, line: Int, knownOn: CellBytes) {
    piece.append(contentsOf: content)
    Canonical.append(integer: firm, at: 254, to: &piece)
    Canonical.append(integer: Int64(line), at: 255, to: &piece)
    Canonical.append(text: knownOn, at: 255, to: &piece)
    if piece.count >= FactsDigest.pieceSize { handOn() }
  }

  private mutating func handOn() {
    // One piece at a time, so that their order is kept and none piles up.
    pieces.wait()
    if let queue {
      queue.async(group: pieces) { [hash, piece] in hash.update(piece) }
      piece = []
      piece.reserveCapacity(FactsDigest.pieceSize * 2)
    } else {
      hash.update(piece)
      piece.removeAll(keepingCapacity: true)
    }
  }

  /// Hexadecimal, of all facts so far.
  mutating func text() -> String {
    handOn()
    pieces.wait()
    return hash.text()
  }
}
