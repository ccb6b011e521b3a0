import { lazy } from 'react';

/** The second step in a chunk of its own: who has no second factor, or has not typed a password yet, does not load it. */
export const loadSecondStep = () => import('./second-step.tsx');

export const SecondStepForm = lazy(() => loadSecondStep().then((loaded) => ({ default: loaded.SecondStepForm })));
