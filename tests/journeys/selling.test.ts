// Those who sell: an order's page in every state, then the order desk, in front of one product.
await import('./order-page.scenario.ts')
await import('./order-desk.scenario.ts')
