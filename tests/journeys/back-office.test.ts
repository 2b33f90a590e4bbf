// Those who decide and those who keep the books: work queues and stock, then finance, in front of one product.
await import('./queues-and-stock.scenario.ts')
await import('./finance.scenario.ts')
