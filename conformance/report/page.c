/* SPDX-License-Identifier: Apache-2.0 */
/* Style and script are ours and small: they must work from a file on a phone, with the network off. */
#include "report/page.h"

static const char *const style[] = {
    ":root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--dim:#59636e;--line:#d1d9e0;--card:#f6f8fa;--pass:#1a7f37;"
    "--fail:#cf222e;--broken:#8250df;--skip:#9a6700;--add:#dafbe1;--del:#ffebe9;--mark:#ffd8a8}\n"
    "@media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--dim:#9198a1;--line:#3d444d;--card:#161b22;"
    "--pass:#3fb950;--fail:#f85149;--broken:#a371f7;--skip:#d29922;--add:#12361f;--del:#4a1b20;--mark:#7a4a10}}\n"
    "*{box-sizing:border-box}body{margin:0 auto;padding:1rem;max-width:70rem;background:var(--bg);color:var(--fg);"
    "font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,sans-serif;overflow-wrap:anywhere}\n"
    "h1{font-size:1.4rem;margin:.2rem 0}.meta{color:var(--dim);margin:.2rem 0}code,pre{font-family:ui-monospace,"
    "SFMono-Regular,Consolas,monospace;font-size:.85em}pre{white-space:pre-wrap;margin:.3rem 0}\n",
    ".bar{display:flex;height:.6rem;border-radius:.3rem;overflow:hidden;margin:.6rem 0;background:var(--line)}"
    ".bar span{min-width:2px}.bar .pass{background:var(--pass)}.bar .fail{background:var(--fail)}.bar "
    ".broken{background:var(--broken)}.bar .skip{background:var(--skip)}\n"
    ".tools{position:sticky;top:0;background:var(--bg);padding:.5rem 0;display:flex;flex-wrap:wrap;gap:.4rem;"
    "border-bottom:1px solid var(--line);z-index:1}.tools input{flex:1 1 12rem;min-width:8rem;font:inherit;"
    "padding:.45rem .6rem;border:1px solid var(--line);border-radius:.4rem;background:var(--card);color:inherit}\n"
    ".tools button{font:inherit;padding:.45rem .7rem;border:1px solid var(--line);border-radius:.4rem;background:"
    "var(--card);color:inherit;cursor:pointer;min-height:2.75rem}.tools button[aria-pressed=true]{outline:2px solid "
    "currentColor;outline-offset:-2px}.tools output{flex-basis:100%;color:var(--dim);font-size:.85rem}\n",
    ".tools button b{font-weight:600;margin-left:.3rem}.tools .plain{border-style:dashed}\n",
    ".case{border:1px solid var(--line);border-left:.3rem solid var(--c);border-radius:.4rem;margin:.4rem 0;"
    "background:var(--card);content-visibility:auto;contain-intrinsic-size:auto 3rem}.case>summary,.case>.head{"
    "padding:.6rem;cursor:pointer;min-height:2.75rem}.case>.head{cursor:default}.case>summary>b,.case>.head>b{"
    "color:var(--c);margin-right:.4rem}.case .what{display:block}.case .body{padding:0 .6rem .6rem}.t{"
    "color:var(--dim)}.js [data-case]:not(.on){display:none}\n"
    ".pass{--c:var(--pass)}.fail,.fixed{--c:var(--fail)}.broken{--c:var(--broken)}.skip,.listed{--c:var(--skip)}"
    ".d{border-top:1px solid var(--line);padding:.4rem 0}.e,.a{padding:.2rem .4rem;border-radius:.2rem;display:block}"
    ".e{background:var(--add)}.a{background:var(--del)}.e::before{content:\"expected \"}.a::before{content:\"actual "
    "\"}.e::before,.a::before{color:var(--dim);font-size:.8em}mark{background:var(--mark);color:inherit}\n"
    ".kind{color:var(--dim);font-size:.85em}[hidden]{display:none!important}table{border-collapse:collapse;"
    "width:100%;margin:.4rem 0}th,td{border:1px solid "
    "var(--line);padding:.4rem;text-align:left;vertical-align:top}th{position:"
    "sticky;top:0;background:var(--card)}td.v{text-align:center;color:var(--c);font-weight:600}td.v "
    "summary{cursor:pointer;min-height:1.6rem}td.v details{overflow-wrap:anywhere}td.v p{margin:.3rem "
    "0;text-align:left;"
    "color:var(--fg);font-weight:400;font-size:.85em}td.n{text-align:right;white-space:nowrap}th.v{text-align:center}"
    "th.n{text-align:right}.wide{overflow:auto;"
    "max-height:calc(100vh - 8rem);border:1px solid var(--line)}.wide "
    "table{border-collapse:separate;border-spacing:0;margin:0}"
    ".wide td,.wide th{min-width:6.5rem;border-width:0 1px 1px 0}.wide td:first-child,.wide th:first-child{"
    "min-width:10rem;position:sticky;left:0;background:var(--bg)}.wide th:first-child{z-index:1;background:var(--card)}"
    ".hint{display:none}@media(max-width:40rem){.wide td,.wide th{min-width:5rem;padding:.3rem}.wide "
    "td:first-child,.wide "
    "th:first-child{min-width:7.5rem;max-width:38vw}.hint{display:block}}\n"
    ".groups summary{cursor:pointer;min-height:2.75rem;padding:.6rem 0}.groups .scroll{max-height:22rem;overflow:auto}"
    ".groups button{font:inherit;text-align:left;background:none;border:0;padding:0;color:inherit;cursor:pointer;"
    "text-decoration:underline;overflow-wrap:anywhere}.groups tr.on td{background:var(--card);outline:1px solid "
    "currentColor}.note{border-left:.3rem solid var(--skip);padding:.3rem .6rem;background:var(--card)}\n"
    "a{color:inherit}th,td.n,td.v,.levels td{overflow-wrap:normal}.case{scroll-margin-top:6rem}\n"
    "@media(max-width:40rem){table{font-size:.8rem}th,td{padding:.25rem}}\n",
};

/* The filter: text anywhere in the case, classes, and a group. Its state is in the address, so that a link keeps it. A
 * page that is opened without one shows what is wrong, when something is. What is folded is made when it is opened, and
 * only so many cases are shown at a time: a page of twenty thousand opens as fast as one of twenty. */
static const char *const script[] = {
    "(function(){'use strict';\n"
    "var STEP=300,most=STEP,group='';\n"
    "function all(s,e){return [].slice.call((e||document).querySelectorAll(s));}\n"
    "var q=document.getElementById('q'),count=document.getElementById('count'),more=document.getElementById('more');\n"
    "var cases=all('[data-case]'),buttons=all('[data-show]'),groups=all('[data-group]'),texts=null;\n"
    "var kinds=cases.map(function(c){return c.dataset.case.split(' ');});\n"
    "function pressed(b){return b.getAttribute('aria-pressed')==='true';}\n"
    "function plain(c){var n=c.querySelector('noscript'),t=c.dataset.text||c.textContent;\n"
    " if(n)t=c.firstChild.textContent+' '+n.textContent.replace(/<[^>]*>/g,' "
    "').replace(/&lt;/g,'<').replace(/&gt;/g,'>')"
    ".replace(/&quot;/g,'\"').replace(/&#39;/g,\"'\").replace(/&amp;/g,'&');\n"
    " return t.toLowerCase();}\n",
    "function matches(c,i,words,want){\n"
    " return (!want.length||want.some(function(w){return kinds[i].indexOf(w)>=0;}))&&\n"
    "  (!group||c.dataset.g===group)&&words.every(function(w){return texts[i].indexOf(w)>=0;});}\n"
    "function apply(){\n"
    " var words=q.value.toLowerCase().split(/\\s+/).filter(Boolean);\n"
    " var want=buttons.filter(pressed).map(function(b){return b.dataset.show;});\n"
    " var found=0;\n"
    " if(words.length&&!texts)texts=cases.map(plain);\n"
    " cases.forEach(function(c,i){var ok=matches(c,i,words,want);if(ok)found++;\n"
    "  c.classList.toggle('on',ok&&found<=most);});\n"
    " count.textContent=(found>most?'the first '+most+' of '+found:found)+' of '+cases.length+' shown';\n"
    " more.hidden=found<=most;more.textContent='show '+Math.min(found-most,10*STEP)+' more';\n"
    " groups.forEach(function(b){b.closest('tr').classList.toggle('on',b.dataset.group===group);});\n"
    "}\n",
    "function unfold(d){var n=d.querySelector(':scope>noscript');if(!n)return;\n"
    " var b=document.createElement('div');b.className='body';b.innerHTML=n.textContent;d.replaceChild(b,n);}\n"
    "document.addEventListener('toggle',function(e){if(e.target.open)unfold(e.target);},true);\n"
    "document.addEventListener('click',function(e){\n"
    " var s=e.target.closest('summary');if(s)unfold(s.parentNode);},true);\n"
    "var open=document.getElementById('open');\n"
    "if(open)open.addEventListener('click',function(){\n"
    " var shown=all('details.on'),yes=shown.some(function(d){return !d.open;});\n"
    " shown.forEach(function(d){if(yes)unfold(d);d.open=yes;});});\n"
    "more.addEventListener('click',function(){most+=10*STEP;apply();});\n",
    "var wrong=['fail','broken','fixed','differs'].filter(function(k){\n"
    " return kinds.some(function(c){return c.indexOf(k)>=0;})&&buttons.some(function(b){return "
    "b.dataset.show===k;});});\n"
    "if(wrong.indexOf('differs')>=0)wrong=['differs'];\n"
    "function save(){\n"
    " var p=new URLSearchParams();if(q.value)p.set('q',q.value);\n"
    " buttons.filter(pressed).forEach(function(b){p.append('show',b.dataset.show);});\n"
    " if(group)p.set('group',group);most=STEP;\n"
    " try{history.replaceState(null,'','#'+(p.toString()||'all'));}catch(e){}\n"
    " apply();\n"
    "}\n"
    "function load(){\n"
    " var p=new URLSearchParams(location.hash.slice(1));q.value=p.get('q')||'';group=p.get('group')||'';\n"
    " var show=location.hash.length>1?p.getAll('show'):wrong;\n"
    " buttons.forEach(function(b){b.setAttribute('aria-pressed',String(show.indexOf(b.dataset.show)>=0));});\n"
    " apply();\n"
    "}\n",
    "q.addEventListener('input',save);\n"
    "buttons.forEach(function(b){b.addEventListener('click',function(){\n"
    " b.setAttribute('aria-pressed',String(!pressed(b)));save();});});\n"
    "groups.forEach(function(b){b.addEventListener('click',function(){\n"
    " group=group===b.dataset.group?'':b.dataset.group;\n"
    " buttons.forEach(function(o){o.setAttribute('aria-pressed','false');});save();\n"
    " if(group)q.scrollIntoView();});});\n"
    "document.addEventListener('keydown',function(e){\n"
    " if(e.key==='/'&&document.activeElement!==q){e.preventDefault();q.focus();}});\n"
    "window.addEventListener('hashchange',load);load();\n"
    "})();\n",
};

void kit_page_begin(FILE *out, hcsref_str title) {
  size_t i;
  fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n<title>",
        out);
  kit_print_xml(out, title);
  fputs("</title>\n<style>\n", out);
  for (i = 0; i < sizeof(style) / sizeof(style[0]); i++)
    fputs(style[i], out);
  fputs("</style>\n<script>document.documentElement.className='js';</script>\n</head>\n<body>\n<h1>", out);
  kit_print_xml(out, title);
  fputs("</h1>\n", out);
}

void kit_page_filters(FILE *out, const kit_page_filter *filters, size_t count, bool folded) {
  size_t i;
  fputs("<div class=\"tools\" role=\"search\"><input id=\"q\" type=\"search\" placeholder=\"Search (press /)\" "
        "aria-label=\"Search\">",
        out);
  for (i = 0; i < count; i++)
    if (filters[i].cases > 0)
      fprintf(out, "<button type=\"button\" data-show=\"%s\" aria-pressed=\"false\">%s<b>%llu</b></button>",
              filters[i].name, filters[i].label, (unsigned long long)filters[i].cases);
  if (folded)
    fputs("<button type=\"button\" id=\"open\" class=\"plain\">open all</button>", out);
  fputs("<output id=\"count\"></output></div>\n", out);
}

void kit_page_end(FILE *out) {
  size_t i;
  fputs("<div class=\"tools\"><button type=\"button\" id=\"more\" hidden>show more</button></div>\n<script>\n", out);
  for (i = 0; i < sizeof(script) / sizeof(script[0]); i++)
    fputs(script[i], out);
  fputs("</script>\n</body>\n</html>\n", out);
}
