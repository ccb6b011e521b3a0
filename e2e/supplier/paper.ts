/** An answer with everything that the chat can draw. */
export const paper = `# A short report

Money flows **from requests** to *models*; see [the terms](https://example.com/terms) and \`inline code\`.

> What is measured can be improved.

1. Count the tokens
2. Price them
   - [x] input
   - [ ] output

| Model | Input | Output |
| --- | ---: | ---: |
| small | 0.15 | 0.60 |
| large | 2.50 | 10.00 |

\`\`\`python
def cost(tokens: int, price: float) -> float:
    """What so many tokens cost."""
    return tokens * price / 1_000_000  # per million
\`\`\`

The cost of a reply is $c = \\sum_i t_i p_i$.

---

That is all.`;
