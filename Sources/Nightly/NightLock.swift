import Foundation
import Glibc

/// One writer at a time: a lock that dies with its process. 夜批锁
///
/// The file says who holds it; the lock itself is the system's, so that a killed night leaves none behind.
public final class NightLock {
  /// Who holds the lock. 持有者
  public struct Holder: Sendable, Equatable, Codable {
    public let pid: Int32
    public let host: String
    public let start: String

    public init(pid: Int32, host: String, start: String) {
      self.pid = pid
      self.host = host
      self.start = start
    }
  }

  private let descriptor: Int32

  /// Takes the lock at `path`.
  /// - Returns: nil when another process holds it; `holder` then says which.
  /// - Throws: `NightError.cannotWrite` when the file cannot be made.
  public static func take(_ path: String, as holder: Holder) throws(NightError) -> NightLock? {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .cannotWrite(path, because: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    let text = (try? JSONEncoder().encode(holder)) ?? Data()
    ftruncate(descriptor, 0)
    let written = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    guard written == text.count else {
      close(descriptor)
      throw .cannotWrite(path, because: String(cString: strerror(errno)))
    }
    return NightLock(descriptor)
  }

  /// Who holds the lock now; nil when the file says nothing.
  public static func holder(of path: String) -> Holder? {
    FileManager.default.contents(atPath: path).flatMap {
      try? JSONDecoder().decode(Holder.self, from: $0)
    }
  }

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit {
    ftruncate(descriptor, 0)
    close(descriptor)
  }
}
