// What the name of a key says where PostgreSQL keeps the values to itself, as it does under row-level security.

/**
 * The column that a unique or foreign key is about, out of its name (`orders_company_id_warehouse_id_fkey` is about
 * `warehouse`), without the company that every key begins with; undefined for a name that was given by hand.
 */
export const columnOfKey = (constraint: string): string | undefined =>
  /^(?:\w+?_company_id_|[a-z]+_)(\w+?)(?:_id)?_f?key$/.exec(constraint)?.[1]
