// The settings that the embedded server always runs with, whatever its configuration files say.

/**
 * Command line parameters of the server. Durability (fsync, synchronous_commit, full_page_writes) is left at its safe
 * default and is not offered. The sizes suit a machine with two cores and 4 GB or more.
 */
export function serverParameters(options: {
  port: number
  socketDirectory: string | null
  sharedBuffersMegabytes: number
}): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: options.socketDirectory ?? '',
    max_connections: '100',
    shared_preload_libraries: 'pg_stat_statements',
    shared_buffers: `${options.sharedBuffersMegabytes}MB`,
    effective_cache_size: `${options.sharedBuffersMegabytes * 4}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    // Fewer checkpoints mean fewer full page images; compressing those costs less than writing them.
    max_wal_size: '2GB',
    min_wal_size: '256MB',
    wal_buffers: '16MB',
    wal_compression: 'on',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    // The planner's default of 4 is for spinning disks.
    random_page_cost: '1.1',
    // Compiling a statement never pays for the short ones of an order desk.
    jit: 'off',
    // A fresh database is planned for as if it were empty until it was counted; its first thousand orders should not wait a minute for that.
    autovacuum_naptime: '15s',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
    cluster_name: 'tradewright',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
