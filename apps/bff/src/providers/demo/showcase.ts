import type { Language } from './conversation.ts';

const markdown: Record<Language, string> = {
  en: `# What an answer can look like

An answer may have **bold**, *italic*, ~~struck~~ and \`inline code\`, and a [link to the specification](https://commonmark.org/).

## A table

| feature | where | ready |
| :-- | :-: | --: |
| tables | answers | 100 % |
| math | answers | 100 % |

## Lists

1. First things first
2. Then the rest
   - with a point inside
   - and another

- [x] a task that is done
- [ ] a task that is not

> A quotation, with a thought
> that needs two lines.

## Math

Inline, as in $e^{i\\pi} + 1 = 0$, and on its own:

$$
\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}
$$

### Code

\`\`\`ts
export function greet(name: string): string {
  return \`Hello, \${name}!\`;
}
\`\`\`

---

That was all of it, written in advance by the demo supplier.
`,
  zh: `# 回答可以是什么样子

回答里可以有**加粗**、*斜体*、~~删除线~~和\`行内代码\`，还有[规范的链接](https://commonmark.org/)。

## 表格

| 功能 | 位置 | 完成度 |
| :-- | :-: | --: |
| 表格 | 回答 | 100 % |
| 公式 | 回答 | 100 % |

## 列表

1. 先做最要紧的
2. 再做其余的
   - 里面有一点
   - 还有一点

- [x] 已完成的任务
- [ ] 未完成的任务

> 一段引文，
> 分成两行。

## 公式

行内公式 $e^{i\\pi} + 1 = 0$，以及独立公式：

$$
\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}
$$

### 代码

\`\`\`ts
export function greet(name: string): string {
  return \`你好，\${name}！\`;
}
\`\`\`

---

以上就是全部，由演示供应商预先写好。
`,
};

const program = `\`\`\`python
from collections.abc import Iterator


def primes(limit: int) -> Iterator[int]:
    """Yields every prime below the limit: the sieve of Eratosthenes."""
    composite = bytearray(limit)
    for number in range(2, limit):
        if composite[number]:
            continue
        yield number
        composite[number * number :: number] = b"\\x01" * len(range(number * number, limit, number))


print(list(primes(50)))
\`\`\``;

const code: Record<Language, string> = {
  en: `Here is a small program, from the demo supplier’s drawer:\n\n${program}\n\nIt prints the primes below 50. The copy button takes the code alone.`,
  zh: `这是演示供应商预先准备的一段小程序：\n\n${program}\n\n它打印 50 以内的素数。点击复制按钮只会复制代码。`,
};

const sentences: Record<Language, string[][]> = {
  en: [
    'Every answer in Lyss is a job on the server that this page only follows.'.split(' '),
    'You can reload or leave and it goes on without you.'.split(' '),
    'This text is long because you asked the demo for many words.'.split(' '),
    'It says nothing new after a while but it streams like any other.'.split(' '),
  ],
  zh: [
    ['Lyss', '里的', '每个', '回答', '都是', '服务器', '上的', '一项', '任务，'],
    ['你', '可以', '刷新', '或者', '离开，', '回答', '会', '自己', '继续。'],
    ['这段', '文字', '很长，', '因为', '你', '要了', '很多', '词，'],
    ['它', '说', '不出', '新的', '东西，', '但是', '流式', '输出', '是', '真的。'],
  ],
};

const sentencesPerParagraph = 6;

/** Exactly `count` words, in paragraphs; in Chinese a word is one or a few characters, without spaces between. */
export function writeWords(count: number, language: Language): string {
  const source = sentences[language];
  const separator = language === 'en' ? ' ' : '';
  const written: string[] = [];
  let words = 0;
  for (let number = 0; words < count; number += 1) {
    const sentence = (source[number % source.length] ?? []).slice(0, count - words);
    words += sentence.length;
    const opens = number % sentencesPerParagraph === 0;
    written.push(number === 0 ? '' : opens ? '\n\n' : separator, sentence.join(separator));
  }
  return written.join('');
}

export function showMarkdown(language: Language): string {
  return markdown[language];
}

export function showCode(language: Language): string {
  return code[language];
}
