// What is mostly read: the screens of the guide, figures and consistency, and a file that is taken in, in front of one product.
await import('./guide.scenario.ts')
await import('./dashboards.scenario.ts')
await import('./import.scenario.ts')
