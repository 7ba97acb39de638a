/** Notes as someone may write them, and as nobody should be able to do harm by. */
export const hostileNotes = `# What we saw

We brought the lab into **NAT** first, then into *direct routing*. The table in the director:

| real server | weight | got |
| ----------- | -----: | --: |
| rs1         |      1 | 300 |
| rs2         |      1 | 300 |

1. \`ipvsadm -Ln\` before and after
2. the frames on \`lan\`

> What surprised us: replies in DR never pass the director.

- [x] measured
- [ ] repeat with keepalived

日本語のメモと中文笔记，以及 العربية مع اتجاه من اليمين إلى اليسار.

<script>alert('notes')</script>
<img src=x onerror="alert(1)"> <style>body { display: none }</style>

[a link](https://www.kernel.org/doc/html/latest/networking/ipvs-sysctl.html), [not one](javascript:alert(1)),
[nor this](data:text/html,<script>alert(1)</script>) ![a picture](https://example.invalid/track.png)

</main></body></html> \u202etxet desrever\u202c &lt;b&gt; {{ mustache }} \${template}

\`\`\`sh
ipvsadm -A -t 10.10.0.100:80 -s rr  # </code></pre><script>alert(2)</script>
\`\`\`
`;
