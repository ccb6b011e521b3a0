// The tests' document has no top layer; what is shown there stands in its place in the page anyway.
if (typeof HTMLElement !== 'undefined') HTMLElement.prototype.showPopover ??= () => undefined;
