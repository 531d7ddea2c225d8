"""Texts that would do something if anybody read them as markup, an address or a template."""

CORPUS = [
    "<script>window.hit = 1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1><a xlink:href=javascript:window.hit=1>x</a></svg>",
    "<svg><animate onbegin=window.hit=1 attributeName=x dur=1s>",
    '"><iframe srcdoc="<script>parent.hit=1</script>">',
    "<details open ontoggle=window.hit=1>",
    "<a href=javascript:window.hit=1>here</a>",
    "javascript:window.hit=1",
    "data:text/html,<script>parent.hit=1</script>",
    "</textarea><script>window.hit=1</script>",
    "{{constructor.constructor('window.hit=1')()}}",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "\u202egro.elpmaxe//:sptth\u202c",
]
