// The warehouse: pickers with their scanners, then the board, in front of one product.
await import('./handheld.scenario.ts')
await import('./board.scenario.ts')
