const SERVICES: readonly (readonly [program: RegExp, name: string])[] = [
  [/^postgres(ql)?$|^postmaster$/, 'PostgreSQL'],
  [/^pgbouncer/, 'PgBouncer'],
  [/^mariadbd?$/, 'MariaDB'],
  [/^mysqld?$/, 'MySQL'],
  [/^(redis|valkey)-server/, 'Redis'],
  [/^memcached/, 'Memcached'],
  [/^mongod$/, 'MongoDB'],
  [/^(beam|rabbitmq)/, 'RabbitMQ'],
  [/^nginx/, 'nginx'],
  [/^clickhouse/, 'ClickHouse'],
];

/**
 * The service that a process belongs to, from the kernel's short name of it; null for what nobody knows by a name of its own.
 *
 * Examples: `postgres` → "PostgreSQL", `redis-server` → "Redis", `node` → null.
 */
export function serviceName(shortName: string): string | null {
  return SERVICES.find(([program]) => program.test(shortName))?.[1] ?? null;
}
