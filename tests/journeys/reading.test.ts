// What is mostly read: the screens of the guide, figures and consistency, a file that is taken in, and secrets that are not, in front of one product.
await import('./guide.scenario.ts')
await import('./dashboards.scenario.ts')
await import('./import.scenario.ts')
await import('./secrets.scenario.ts')
