/**
 * The connection of a connector's worker, through the gateway.
 *
 * 1. Whether the gateway is there, is trusted and takes the credential is asked first by the gateway's own service, whose
 *    errors can be told apart; a worker by itself repeats a refused call for ever and says nothing.
 * 2. What is large is compressed already, by the payload codec: nothing is compressed on the way.
 */
import { NativeConnection } from '@temporalio/worker';
import { PROTOCOL, PROTOCOL_HEADER, VERSION_HEADER } from '../../contract/index.ts';
import type { Credential } from './credential.ts';
import type { GatewayAddress, HttpProxy } from './gatewayAddress.ts';
import { unreached } from './gatewayError.ts';

export interface GatewayConnectionOptions {
  readonly version: string;
  readonly proxy?: HttpProxy;
}

/** Where the gateway of a credential is. */
export const addressOf = ({ gateway, ca }: Credential, proxy: HttpProxy | undefined): GatewayAddress => ({
  gateway,
  ...(ca === undefined ? {} : { ca }),
  ...(proxy === undefined ? {} : { proxy }),
});

/** Connects a worker. Throws `GatewayError`. Later interruptions are mended by the connection itself. */
export async function connectToGateway(
  credential: Credential,
  { version, proxy }: GatewayConnectionOptions,
): Promise<NativeConnection> {
  const { gateway, ca, secret } = credential;
  try {
    return await NativeConnection.connect({
      address: gateway,
      tls: ca === undefined ? true : { serverRootCACertificate: Buffer.from(ca) },
      apiKey: secret,
      metadata: { [PROTOCOL_HEADER]: String(PROTOCOL), [VERSION_HEADER]: version },
      grpcCompression: { codec: 'none' },
      ...(proxy === undefined ? {} : { proxy: nativeProxy(proxy) }),
    });
  } catch (error) {
    throw unreached(addressOf(credential, proxy), reasonOf(error), error);
  }
}

const nativeProxy = ({ address, user, password = '' }: HttpProxy) => ({
  type: 'http-connect' as const,
  targetHost: address,
  ...(user === undefined ? {} : { basicAuth: { username: user, password } }),
});

/** The native client wraps the system's words in several layers of its own. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /(?:message|error): "([^"]+)"/.exec(message)?.[1] ?? /InvalidCertificate\(\w+/.exec(message)?.[0] ?? message;
}
