import './brand.css';

/** The mark and the name, as in index.html's first frame. */
export function Brand({ inverse = false }: { inverse?: boolean }) {
  return (
    <span className="brand">
      <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill={inverse ? 'rgba(255,255,255,.16)' : '#2456C8'} />
        <path d="M10.5 8.5v12a3 3 0 0 0 3 3h8" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
        <circle cx="20.5" cy="11.5" r="2.6" fill="#fff" />
      </svg>
      <span className="brand-name">Lyss</span>
    </span>
  );
}
