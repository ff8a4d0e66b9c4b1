const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau upsilon phi chi psi omega';
const CAPITALS: Readonly<Record<string, string>> = {
  Γ: 'Gamma',
  Δ: 'Delta',
  Θ: 'Theta',
  Λ: 'Lambda',
  Ξ: 'Xi',
  Π: 'Pi',
  Σ: 'Sigma',
  Φ: 'Phi',
  Ψ: 'Psi',
  Ω: 'Omega',
};
const SIGNS: Readonly<Record<string, string>> = {
  '×': 'times',
  '÷': 'div',
  '±': 'pm',
  '∓': 'mp',
  '⋅': 'cdot',
  '∙': 'cdot',
  '·': 'cdot',
  '∗': 'ast',
  '∘': 'circ',
  '≤': 'leq',
  '≥': 'geq',
  '≠': 'neq',
  '≈': 'approx',
  '≡': 'equiv',
  '∼': 'sim',
  '≅': 'cong',
  '∝': 'propto',
  '≪': 'll',
  '≫': 'gg',
  '→': 'to',
  '←': 'leftarrow',
  '↔': 'leftrightarrow',
  '⇒': 'Rightarrow',
  '⇐': 'Leftarrow',
  '⇔': 'Leftrightarrow',
  '↦': 'mapsto',
  '∞': 'infty',
  '∂': 'partial',
  '∇': 'nabla',
  '∀': 'forall',
  '∃': 'exists',
  '∈': 'in',
  '∉': 'notin',
  '∋': 'ni',
  '⊂': 'subset',
  '⊃': 'supset',
  '⊆': 'subseteq',
  '⊇': 'supseteq',
  '∪': 'cup',
  '∩': 'cap',
  '∅': 'emptyset',
  '∧': 'wedge',
  '∨': 'vee',
  '¬': 'neg',
  '⊕': 'oplus',
  '⊗': 'otimes',
  '⊥': 'perp',
  '∥': 'parallel',
  '∠': 'angle',
  '∑': 'sum',
  '∏': 'prod',
  '∫': 'int',
  '∬': 'iint',
  '∭': 'iiint',
  '∮': 'oint',
  '⋃': 'bigcup',
  '⋂': 'bigcap',
  '…': 'ldots',
  '⋯': 'cdots',
  '⋮': 'vdots',
  '⋱': 'ddots',
  '√': 'surd',
  ℏ: 'hbar',
  ℓ: 'ell',
  ℜ: 'Re',
  ℑ: 'Im',
  ℵ: 'aleph',
  '′': 'prime',
  '|': 'vert',
  '‖': 'Vert',
  '⟨': 'langle',
  '⟩': 'rangle',
  ϕ: 'phi',
  ϵ: 'epsilon',
  ϑ: 'vartheta',
};
const ESCAPED = /[#$%&_{}]/;

const commands: ReadonlyMap<string, string> = new Map([
  ...GREEK.split(' ').map((name, index) => [String.fromCodePoint(0x3b1 + index), name] as const),
  ...Object.entries(CAPITALS),
  ...Object.entries(SIGNS),
]);

/** Characters of a formula as LaTeX; mathematical italic and bold letters become plain ones. */
export function latexText(text: string): string {
  let latex = '';
  for (const char of text) {
    const plain = /[\u{1D400}-\u{1D7FF}ℎ]/u.test(char) ? char.normalize('NFKC') : char;
    const command = commands.get(plain);
    if (command !== undefined) latex += `\\${command} `;
    else if (plain === '−') latex += '-';
    else if (plain === '\\') latex += '\\backslash ';
    else if (plain === '\u2061' || plain === '\u2062' || plain === '\u200B') continue;
    else latex += ESCAPED.test(plain) ? `\\${plain}` : plain;
  }
  return latex;
}
