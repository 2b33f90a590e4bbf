// What is mostly read: the guide's screens, figures and consistency, a file that is taken in, how values are drawn, and secrets that are not, in front of one product.
await import('./guide.scenario.ts')
await import('./dashboards.scenario.ts')
await import('./import.scenario.ts')
await import('./secrets.scenario.ts')
await import('./drawn.scenario.ts')
