import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  ENVIRONMENTS,
  type DeliveryDetail,
  type DeliveryList,
  type DeploymentStatus,
  type DryRunResult,
  type Offerings,
  type PlatformStatus,
} from '@waymark/plugin-platform-common';
import express, { type Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { identifyCaller, type Caller } from './Caller';
import type { DeliveryAccess } from './delivery/DeliveryAccess';
import { labelText, namespaceName } from './names';
import { parseInput } from './parseInput';
import { offeringsFor } from './requests/offerings';
import { refuseUnlessAllowed } from './requests/refuse';
import type { RequestService } from './requests/RequestService';
import type { PlatformConfig } from './config';
import type { StatusService } from './status/StatusService';

const text = z.string().min(1).max(500);

const requestSchema = z.object({
  kind: z.enum(['Namespace', 'Repository']),
  name: text,
  owner: text,
  environment: z.enum(ENVIRONMENTS).optional(),
  component: labelText.optional(),
  spec: z
    .object({
      size: text.optional(),
      description: z.string().max(1000).optional(),
    })
    .optional(),
  idempotencyKey: labelText.optional(),
});

const dryRunSchema = z.object({ dryRun: z.enum(['true', 'false']).optional() });

const listSchema = z.object({
  namespace: namespaceName.optional(),
  component: labelText.optional(),
  owner: text.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const deliverySchema = z.object({
  namespace: namespaceName,
  retry: z.boolean().optional(),
});

const deploymentSchema = z.object({
  namespace: namespaceName,
  component: labelText,
});

/** What {@link createRouter} takes. @internal */
export interface RouterOptions {
  readonly auth: AuthService;
  readonly httpAuth: HttpAuthService;
  readonly userInfo: UserInfoService;
  readonly auditor: AuditorService;
  readonly config: PlatformConfig;
  readonly requests: RequestService;
  readonly statuses: StatusService;
  readonly deliveries: DeliveryAccess;
}

/** The Platform API, version 1. @internal */
export function createRouter(options: RouterOptions): express.Router {
  const router = Router();
  const { config, requests, statuses, deliveries, auditor } = options;
  const callerOf = async (req: Request): Promise<Caller> =>
    identifyCaller(
      await options.httpAuth.credentials(req, { allow: ['user', 'service'] }),
      { ...options, administrators: config.administrators },
    );
  router.use(express.json({ limit: '100kb' }));

  router.get('/offerings', async (req, res) => {
    const { teams } = await callerOf(req);
    res.json(offeringsFor(teams, config) satisfies Offerings);
  });

  router.post('/requests', async (req, res) => {
    const { dryRun } = parseInput(dryRunSchema, req.query);
    const request = parseInput(requestSchema, req.body);
    const result = await requests.dryRun(request, await callerOf(req));
    if (dryRun === 'true') {
      res.json(result satisfies DryRunResult);
      return;
    }
    refuseUnlessAllowed(result.verdicts);
    throw new InputError(
      `The request is allowed, but requests are not taken over this API yet: send it with ?dryRun=true to see what it would do, or run the template "Create New Service".`,
    );
  });

  router.get('/status', async (req, res) => {
    await callerOf(req);
    res.json((await statuses.status()) satisfies PlatformStatus);
  });

  router.get('/deliveries', async (req, res) => {
    const filter = parseInput(listSchema, req.query);
    const items = await deliveries.list(filter, await callerOf(req));
    res.json({ items } satisfies DeliveryList);
  });

  router.get('/deliveries/:id', async (req, res) => {
    const detail = await deliveries.get(req.params.id, await callerOf(req));
    res.json(detail satisfies DeliveryDetail);
  });

  router.post('/deliveries', async (req, res) => {
    const wanted = parseInput(deliverySchema, req.body);
    const event = await auditor.createEvent({
      eventId: 'delivery-create',
      severityLevel: 'medium',
      request: req,
      meta: { namespace: wanted.namespace },
    });
    try {
      const delivery = await deliveries.create(wanted, await callerOf(req));
      await event.success({ meta: { delivery: delivery?.id } });
      res.status(202).json({ delivery });
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  });

  router.get('/deployments/:namespace/:component', async (req, res) => {
    const caller = await callerOf(req);
    const { namespace, component } = parseInput(deploymentSchema, req.params);
    const status = await deliveries.status(namespace, component, caller);
    res.json(status satisfies DeploymentStatus);
  });

  return router;
}
