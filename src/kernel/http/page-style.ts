// The style sheet of the plain pages: system fonts, light and dark, readable on a telephone.
export const pageStyle = `:root { color-scheme: light dark; --ink: #1c2430; --soft: #5a6675; --line: #d9dee5; --paper: #fbfaf7; --card: #fff; --brand: #0f5c4d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #a3adba; --line: #313a46; --paper: #14181e; --card: #1b2129; --brand: #5cc4ac; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
header { border-bottom: 1px solid var(--line); padding: .9rem 1.5rem; }
.brand { margin: 0; font-weight: 700; letter-spacing: .02em; color: var(--brand); }
.brand a { color: inherit; text-decoration: none; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.5rem 5rem; }
h1 { font-size: clamp(1.7rem, 4vw, 2.6rem); line-height: 1.15; margin: 0 0 1rem; max-width: 24ch; }
h2 { font-size: 1.1rem; margin: 0 0 .4rem; }
a { color: var(--brand); }
.lead { color: var(--soft); font-size: 1.1rem; max-width: 62ch; }
.cards { list-style: none; padding: 0; margin: 2rem 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); }
.cards li { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.1rem 1.2rem; min-width: 0; }
.cards p { margin: 0; color: var(--soft); }
pre { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; padding: .7rem .9rem; font-size: .85rem; }
code, pre { font-family: ui-monospace, monospace; }
nav { display: flex; flex-wrap: wrap; gap: .4rem 1rem; margin: 1.5rem 0; }
section { margin: 2.2rem 0; }
details { border-bottom: 1px solid var(--line); }
summary { cursor: pointer; padding: .5rem 0; }
summary b { display: inline-block; width: 4.2rem; font-size: .8rem; color: var(--brand); }
summary .post { color: #b3541e; }
summary span { color: var(--soft); margin-left: .6rem; }
`
