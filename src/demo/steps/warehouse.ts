// The warehouse's steps: releasing, picking, packing, shipping, receiving.
import { subtractDecimals } from '#kernel/decimal'
import { type Act, madeBy, orderOf } from './scene.ts'

const release: Act = async (scene) => {
  const { ids } = await scene.desk.create('warehouse.shipment.release', scene.doing, [{ order: orderOf(scene) }])
  scene.told.made.set('warehouse.shipment', ids[0] ?? '')
}

/** Everything on the list, or so many less of the first line where the bin held less than the books. */
const pick: Act = async (scene) => {
  const { short } = scene.story
  const quantity = scene.told.lines[0]?.quantity ?? '0'
  const input =
    short === undefined
      ? {}
      : {
          lines: [
            { line: 1, picked: subtractDecimals(quantity, String(short)), reason: 'The bin held less than the books' },
          ],
        }
  await scene.desk.act('warehouse.shipment.pick', scene.doing, [madeBy(scene, 'warehouse.shipment')], input)
}

const plain =
  (verb: string): Act =>
  async (scene) => {
    await scene.desk.act(verb, scene.doing, [madeBy(scene, 'warehouse.shipment')])
  }

const receive: Act = async ({ desk, files, told, story, doing }) => {
  const lines = told.lines.map((line) => ({
    item: line.item,
    quantity: line.quantity,
    unitCost: files.items.find((one) => one.code === line.item)?.cost_usd,
  }))
  const { ids } = await desk.create('warehouse.receipt.receive', doing, [
    { warehouse: story.warehouse, supplier: story.supplier, reference: `Delivery note ${told.name}`, lines },
  ])
  told.made.set('warehouse.receipt', ids[0] ?? '')
}

export const WAREHOUSE: Readonly<Record<string, Act>> = {
  'warehouse.shipment.release': release,
  'warehouse.shipment.pick': pick,
  'warehouse.shipment.pack': plain('warehouse.shipment.pack'),
  'warehouse.shipment.ship': plain('warehouse.shipment.ship'),
  'warehouse.receipt.receive': receive,
}
