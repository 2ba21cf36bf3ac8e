import type { SeedTable } from './table.ts';
import { customers } from './tables/customers.ts';
import { everyType } from './tables/every-type.ts';
import { inventory } from './tables/inventory.ts';
import { invoices } from './tables/invoices.ts';
import { music } from './tables/music.ts';
import { myDynamoDbTable } from './tables/my-dynamodb-table.ts';
import { orders } from './tables/orders.ts';
import { products } from './tables/products.ts';
import { sensorReadings } from './tables/sensor-readings.ts';
import { sessions } from './tables/sessions.ts';

/** The tables that each region has at first. */
export const seedTables: Readonly<Record<string, readonly SeedTable[]>> = {
  'us-east-1': [music, orders, products, sensorReadings, sessions, everyType, invoices],
  'ca-central-1': [myDynamoDbTable, customers, inventory],
};
