import { CacheLookupPolicy, InteractionRequiredAuthError, PublicClientApplication } from '@azure/msal-browser';
import type { EntraConfiguration } from '../api/configuration.js';
import type { SignedIn } from './operator.js';

let opened: Promise<PublicClientApplication> | undefined;

/** Goes to Entra ID; the page that comes back finds the operator in `resumeEntra`. */
export async function signInWithEntra(entra: EntraConfiguration): Promise<void> {
  const application = await open(entra);
  await application.loginRedirect({ scopes: [entra.scope], prompt: 'select_account' });
}

/** The operator who came back from Entra ID, or who signed in before in this tab. */
export async function resumeEntra(entra: EntraConfiguration): Promise<SignedIn | undefined> {
  const application = await open(entra);
  const result = await application.handleRedirectPromise();
  const account = result?.account ?? application.getAllAccounts()[0];
  if (account === undefined) {
    return undefined;
  }
  return {
    credential: async () => {
      try {
        // No hidden frame: the content security policy allows none.
        const token = await application.acquireTokenSilent({
          scopes: [entra.scope],
          account,
          cacheLookupPolicy: CacheLookupPolicy.AccessTokenAndRefreshToken,
        });
        return token.accessToken;
      } catch (error) {
        if (error instanceof InteractionRequiredAuthError) {
          await application.acquireTokenRedirect({ scopes: [entra.scope], account });
        }
        throw error;
      }
    },
    // Of this tab only: other applications of the browser keep their sign-in with Entra ID.
    signOut: () => application.clearCache({ account }),
  };
}

function open(entra: EntraConfiguration): Promise<PublicClientApplication> {
  opened ??= create(entra);
  return opened;
}

async function create(entra: EntraConfiguration): Promise<PublicClientApplication> {
  const application = new PublicClientApplication({
    auth: {
      clientId: entra.clientId,
      authority: entra.authority,
      redirectUri: `${location.origin}${location.pathname}`,
    },
    cache: { cacheLocation: 'sessionStorage' },
  });
  await application.initialize();
  return application;
}
