import { PageHead } from '../../app/PageHead.js';
import { linkTo } from '../../app/route.js';
import { texts } from '../../texts.js';
import { FilterForm } from './FilterForm.js';
import { JobList } from './JobList.js';
import { JobView } from './JobView.js';
import { RevokeBeforeCard } from './RevokeBeforeCard.js';

/** Ends, counts or exports sessions by what they have in common. */
export function Incident({ parameters }: { parameters: URLSearchParams }) {
  const job = parameters.get('job');
  return (
    <>
      <PageHead title={texts.pages.incident} text={texts.incident.text}>
        {job === null ? null : (
          <a class="button" href={linkTo('incident')}>
            {texts.incident.back}
          </a>
        )}
      </PageHead>
      {job === null ? (
        <>
          <FilterForm />
          <JobList />
          <RevokeBeforeCard />
        </>
      ) : (
        <JobView key={job} id={job} />
      )}
    </>
  );
}
