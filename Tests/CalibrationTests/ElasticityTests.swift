import Calibration
import Foundation
import Testing

@Suite struct ElasticityTests {
  private func probabilities(_ x: [Double]) -> [Double] {
    let powers = x.map { exp(-0.4 * $0) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  @Test("elasticities are the slopes of the logarithm that finite differences find")
  func differences() {
    let x = [2.0, 3, 1.5]
    let p = probabilities(x)
    var (above, below) = (x, x)
    above[0] *= exp(1e-5)
    below[0] *= exp(-1e-5)
    let slopes = zip(probabilities(above), probabilities(below)).map { log($0 / $1) / 2e-5 }
    let own = Elasticity.own(coefficient: -0.4, value: 2, probability: p[0])
    let cross = Elasticity.cross(coefficient: -0.4, value: 2, probability: p[0])
    #expect(abs(slopes[0] - own) < 1e-8)
    #expect(abs(slopes[1] - cross) < 1e-8)
    #expect(abs(slopes[2] - cross) < 1e-8)
    let logged = Elasticity.own(coefficient: 0.78, value: 9, probability: 0.2, isLogarithm: true)
    #expect(abs(logged - 0.78 * 0.8) < 1e-15)
  }

  @Test("money is worth nothing that can be said when cost does not deter")
  func willingness() {
    #expect(Elasticity.willingnessToPay(coefficient: 0.6, costCoefficient: -0.3) == 2)
    #expect(Elasticity.willingnessToPay(coefficient: 0.6, costCoefficient: 0.1) == nil)
  }
}
