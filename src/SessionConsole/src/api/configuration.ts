/** How this deployment is reached. It is served beside the page, so one build serves every deployment. */
export interface Configuration {
  /** Address of the API with its base path; relative to the page, or of another origin. */
  apiUrl: string;
  /** Sign-in with Entra ID; absent where it is not set up. */
  entra?: EntraConfiguration;
  /** Whether the host offers the one-time sign-in of a development machine. */
  development?: boolean;
}

export interface EntraConfiguration {
  clientId: string;
  /** The authority with the tenant, such as `https://login.microsoftonline.com/<tenant>`. */
  authority: string;
  scope: string;
}

/** Reads `config.json`. */
export async function readConfiguration(): Promise<Configuration> {
  const answer = await fetch('config.json', { cache: 'no-store' });
  if (!answer.ok) {
    throw new Error(`config.json answered ${answer.status}.`);
  }
  return (await answer.json()) as Configuration;
}
