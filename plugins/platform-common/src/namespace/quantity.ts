/** Cores as a Kubernetes quantity in canonical form: `2`, `500m`. @internal */
export function cpuQuantity(cores: number): string {
  const milli = Math.floor(cores * 1000 + 1e-6);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** GiB as a Kubernetes quantity in canonical form: `4Gi`, `512Mi`. @internal */
export function bytesQuantity(gib: number): string {
  const mebi = Math.floor(gib * 1024 + 1e-6);
  return mebi % 1024 === 0 ? `${mebi / 1024}Gi` : `${mebi}Mi`;
}
