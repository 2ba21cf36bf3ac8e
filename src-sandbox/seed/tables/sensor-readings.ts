import { SeededRandom } from '../random.ts';
import type { SeedTable } from '../table.ts';
import { b, bs, type Item, n, s } from '../values.ts';

const devices = ['buoy-17', 'buoy-22', 'greenhouse-a', 'greenhouse-b', 'roof-north', 'roof-south', 'silo-3', 'well-1'];
const readingsPerDevice = 250;
const firstReading = Date.UTC(2026, 9, 1);
const interval = 15 * 60_000;

/** Readings of devices: numbers as sort keys, measured values with fractions, and payloads in binary. */
export const sensorReadings: SeedTable = {
  name: 'SensorReadings',
  key: ['DeviceId:S', 'Timestamp:N'],
  items: readings,
};

function* readings(): Iterable<Item> {
  const random = new SeededRandom('sensors');
  for (const device of devices) {
    let celsius = random.integer(4, 24);
    for (let number = 0; number < readingsPerDevice; number += 1) {
      celsius += (random.fraction() - 0.5) * 0.8;
      yield {
        DeviceId: s(device),
        Timestamp: n(firstReading + number * interval),
        TemperatureCelsius: n(celsius.toFixed(6)),
        PressurePascal: n(`10${random.digits(4)}.${random.digits(9)}`),
        BatteryMillivolt: n(random.integer(2900, 4200)),
        Payload: b(random.bytes(random.integer(12, 48))),
        Quality: s(random.pick(['good', 'good', 'good', 'suspect'])),
        ...(random.oneIn(20) && { Fault: s(random.pick(['drift', 'ice', 'no signal'])) }),
        ...(random.oneIn(25) && { Frames: bs(random.bytes(4), random.bytes(5), random.bytes(6)) }),
      };
    }
  }
}
