import Atlas
import Expectations
import Foundation
import Testing

@testable import Cards

/// The cards that ship with the product are data, and data can rot.
@Suite struct ShippedModelsTests {
  static let folder = SharedData.packageRoot.appending(path: "Models")

  @Test("every shipped card loads and the chains fit together")
  func loads() throws {
    let library = try ModelLibrary.load(folder: Self.folder)
    #expect(library.chains.contains { $0.id == "pcb" })
    #expect(library.chains.contains { $0.id == "shoes" })
    for chain in library.chains {
      for segment in chain.segments {
        #expect(!segment.aliases.isEmpty, "\(segment.id) cannot be linked without aliases")
        #expect(
          segment.aliases.allSatisfy { alias in
            !segment.negativeKeywords.contains { alias.contains($0) }
          }, "\(segment.id): a negative keyword silences one of its own aliases")
      }
    }
  }
}
