import Atlas
import Testing

@Suite struct PositionTests {
  @Test(
    "great circles from 荣昌 equal the published figures",
    arguments: [
      (113.264, 23.129, 1034.8), (106.72, 29.66, 112.6), (121.47, 31.23, 1536.0),
      (108.64, 21.72, 907.4), (118.55, 24.78, 1380.7),
    ])
  func fixtures(longitude: Double, latitude: Double, km: Double) throws {
    let home = try #require(Position(longitude: 105.594, latitude: 29.405))
    let other = try #require(Position(longitude: longitude, latitude: latitude))
    #expect(abs(home.greatCircleKm(to: other) - km) < 0.05)
  }
}
