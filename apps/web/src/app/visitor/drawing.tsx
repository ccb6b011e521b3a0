import { useTexts } from '../i18n/use-texts.ts';

const requests = [62, 104, 146] as const;
const models = [48, 86, 124, 162] as const;

function Requests() {
  return (
    <>
      {requests.map((y) => (
        <g key={y}>
          <circle cx="14" cy={y} r="5" className="drawing-dot" />
          <path d={`M22 ${y} C 90 ${y}, 100 104, 168 104`} className="drawing-line" />
        </g>
      ))}
    </>
  );
}

function Policy() {
  return (
    <g>
      <rect x="168" y="68" width="72" height="72" rx="16" className="drawing-gate" />
      <path d="M204 86 l17 6 v11 c0 11 -7 17 -17 21 c-10 -4 -17 -10 -17 -21 v-11 z" className="drawing-mark" />
      <path d="m196 104 6 6 11 -11" className="drawing-mark" />
    </g>
  );
}

function Models() {
  return (
    <>
      {models.map((y, index) => (
        <g key={y}>
          <path d={`M240 104 C 306 104, 318 ${y}, 384 ${y}`} className={index === 1 ? 'drawing-line is-chosen' : 'drawing-line'} />
          <rect x="384" y={y - 13} width="26" height="26" rx="8" className={index === 1 ? 'drawing-model is-chosen' : 'drawing-model'} />
        </g>
      ))}
    </>
  );
}

/** What Lyss does, in one line: requests pass a policy and reach a model. */
export function Drawing() {
  const t = useTexts('app');
  return (
    <svg className="drawing" viewBox="0 0 424 208" role="img" aria-label={t(($) => $.visitor.drawing)}>
      <Requests />
      <Policy />
      <Models />
      <g className="drawing-words" aria-hidden="true">
        <text x="2" y="200">{t(($) => $.visitor.request)}</text>
        <text x="204" y="200" textAnchor="middle">{t(($) => $.visitor.policy)}</text>
        <text x="422" y="200" textAnchor="end">{t(($) => $.visitor.model)}</text>
      </g>
    </svg>
  );
}
