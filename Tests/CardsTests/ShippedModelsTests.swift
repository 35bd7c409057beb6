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

  @Test("an alias names one segment only, so that a match is never ambiguous")
  func aliases() throws {
    var owner: [String: String] = [:]
    for chain in try ModelLibrary.load(folder: Self.folder).chains {
      for segment in chain.segments {
        for alias in segment.aliases {
          #expect(owner[alias] == nil, "\(alias) is in \(owner[alias] ?? "") and \(segment.id)")
          owner[alias] = segment.id
        }
      }
    }
  }

  @Test("the chains of the office's first districts are all there")
  func chains() throws {
    let library = try ModelLibrary.load(folder: Self.folder)
    #expect(
      library.chains.map(\.id) == [
        "agrifood", "antenna", "biomed", "components", "energy", "finechem", "glass", "ic",
        "inspection", "laptop", "lithium", "magalu", "newmaterials", "pcb", "prefab", "shoes",
      ])
    for id in ["pcb", "shoes", "ic", "laptop"] {
      let chain = try #require(library.chains.first { $0.id == id })
      #expect(!chain.inherited)
      #expect((12...40).contains(chain.segments.count))
    }
  }

  @Test("荣昌 and its rivals are where the maps have them")
  func places() throws {
    let places = Places(try ModelLibrary.load(folder: Self.folder).places)
    let known = [
      ("500153", "荣昌区", 105.594, 29.405), ("510900", "遂宁市", 105.57, 30.51),
      ("360700", "赣州市", 114.93, 25.83), ("420200", "黄石市", 115.04, 30.20),
    ]
    for (code, name, longitude, latitude) in known {
      let row = try #require(places.find(code: code))
      #expect(places.name[row] == name)
      let there = try #require(Position(longitude: longitude, latitude: latitude))
      #expect(try #require(places.position[row]).greatCircleKm(to: there) < 8)
    }
    let rongchang = try #require(places.find(code: "500153"))
    #expect(places.name[places.prefecture(of: rongchang)] == "重庆市")
    #expect(places.name.filter { $0.hasPrefix("中国") } == ["中国台湾", "中国香港", "中国澳门"])
  }
}
