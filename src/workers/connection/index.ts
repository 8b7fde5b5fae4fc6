/** Reaching Temporal through the gateway, and the gateway's own service. */
export type { Credential, CredentialKeeper } from './credential.ts';
export { addressOf, connectToGateway, type GatewayConnectionOptions } from './gateway.ts';
export { type GatewayAddress, gatewayFrom, type HttpProxy, hostOf, proxyFrom } from './gatewayAddress.ts';
export { GatewayError, type GatewayErrorKind, maybeLater } from './gatewayError.ts';
export { createServiceClient, type ServiceClient, type ServiceClientOptions } from './serviceClient.ts';
