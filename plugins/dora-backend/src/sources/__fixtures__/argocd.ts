/** What the template of infrastructure/argocd renders for a sync that went well. */
export const argoCdSync = {
  application: 'checkout',
  namespace: 'argocd',
  project: 'shop',
  environment: 'production',
  phase: 'Succeeded',
  health: 'Healthy',
  revision: '4f2c9e14b0c6d0a7f2d0f8b6a1f4c7f3e2d1c0b9',
  revisions: [],
  startedAt: '2026-03-02T09:58:00Z',
  finishedAt: '2026-03-02T10:00:10Z',
  healthySince: '2026-03-02T10:03:12Z',
  historyId: 7,
  selfHeal: false,
  images: ['registry.example.com/shop/checkout:1.8.0'],
  url: 'https://argocd.example.com/applications/argocd/checkout',
};
