import ts from 'typescript';

/** One `t(($) => $.a.b, { … })` in a source file. */
export interface TextUse {
  file: string;
  line: number;
  /** The namespace its `t` was made for; null where it came in as a parameter. */
  namespace: string | null;
  /** `list.title`; a `*` where a key is chosen by value, `**` at the end where a whole branch is taken. */
  path: string;
  /** Names that are handed over; null where no argument object is there, `any` where it cannot be read off. */
  given: string[] | 'any' | null;
}

function readPath(body: ts.Expression): string | null {
  if (ts.isIdentifier(body)) return body.text === '$' ? '' : null;
  if (ts.isNonNullExpression(body) || ts.isParenthesizedExpression(body)) return readPath(body.expression);
  if (ts.isPropertyAccessExpression(body)) {
    const before = readPath(body.expression);
    return before === null ? null : `${before}.${body.name.text}`;
  }
  if (!ts.isElementAccessExpression(body)) return null;
  const before = readPath(body.expression);
  const literal = ts.isStringLiteral(body.argumentExpression) ? body.argumentExpression.text : '*';
  return before === null ? null : `${before}.${literal}`;
}

function readGiven(argument: ts.Expression | undefined): TextUse['given'] {
  if (argument === undefined) return null;
  if (!ts.isObjectLiteralExpression(argument)) return 'any';
  if (argument.properties.some((property) => ts.isSpreadAssignment(property))) return 'any';
  return argument.properties.flatMap((property) => (property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) ? [property.name.text] : []));
}

/** The namespaces of `const t = useTexts('users')` and `t: TFunction<'users'>`, by variable. */
function readMakers(source: ts.SourceFile): Map<string, string> {
  const makers = new Map<string, string>();
  for (const found of source.text.matchAll(/(\w+)\s*=\s*useTexts\(\s*'([\w-]+)'\s*\)/g)) makers.set(found[1] ?? '', found[2] ?? '');
  for (const found of source.text.matchAll(/(\w+)\s*:\s*TFunction<'([\w-]+)'>/g)) makers.set(found[1] ?? '', found[2] ?? '');
  return makers;
}

/** Every use of a text in one file, found in its syntax tree: a selector is an arrow function of `$` alone. */
export function readUses(file: string, text: string): TextUse[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const makers = readMakers(source);
  const uses: TextUse[] = [];
  function visit(node: ts.Node): void {
    const isSelector = ts.isArrowFunction(node) && node.parameters.length === 1 && node.parameters[0]?.name.getText(source) === '$';
    if (isSelector && !ts.isBlock(node.body)) {
      const path = readPath(node.body);
      const caller = ts.isCallExpression(node.parent) ? node.parent : null;
      const maker = caller && ts.isIdentifier(caller.expression) ? caller.expression.text : '';
      const argument = caller?.arguments[0] === node ? caller.arguments[1] : undefined;
      if (path !== null) {
        const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
        const given = caller ? readGiven(argument) : 'any';
        const isBranch = Array.isArray(given) && given.includes('returnObjects');
        uses.push({ file, line, namespace: makers.get(maker) ?? null, path: path.slice(1) + (isBranch ? '.**' : ''), given: isBranch ? 'any' : given });
      }
    }
    ts.forEachChild(node, visit);
  }
  visit(source);
  return uses;
}
