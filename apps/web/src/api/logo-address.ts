import { routes } from '@lyss/api-types/routes.gen';

/** Where a browser draws a tenant's logo from; its bytes never change, so it is asked for once. */
export const logoAddress = (id: string) => routes['tenants.readLogo'][1].replace('{id}', encodeURIComponent(id));
