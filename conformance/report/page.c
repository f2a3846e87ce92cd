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
    ".case{border:1px solid var(--line);border-left:.3rem solid var(--c);border-radius:.4rem;margin:.4rem 0;"
    "background:var(--card);content-visibility:auto;contain-intrinsic-size:auto 3rem}.case>summary,.case>.head{"
    "padding:.6rem;cursor:pointer;min-height:2.75rem}.case>.head{cursor:default}.case b{color:var(--c);"
    "margin-right:.4rem}.case .body{padding:0 .6rem .6rem}.case .t{color:var(--dim)}\n"
    ".pass{--c:var(--pass)}.fail,.fixed{--c:var(--fail)}.broken{--c:var(--broken)}.skip,.listed{--c:var(--skip)}"
    ".d{border-top:1px solid var(--line);padding:.4rem 0}.e,.a{padding:.2rem .4rem;border-radius:.2rem;display:block}"
    ".e{background:var(--add)}.a{background:var(--del)}.e::before{content:\"expected \"}.a::before{content:\"actual "
    "\"}.e::before,.a::before{color:var(--dim);font-size:.8em}mark{background:var(--mark);color:inherit}\n"
    ".kind{color:var(--dim);font-size:.85em}[hidden]{display:none!important}table{border-collapse:collapse;"
    "width:100%}th,td{border:1px solid var(--line);padding:.4rem;text-align:left;vertical-align:top}th{position:"
    "sticky;top:0;background:var(--card)}td.v{text-align:center;color:var(--c);font-weight:600}.wide{overflow:auto;"
    "max-height:calc(100vh - 8rem);border:1px solid var(--line)}.wide table{border-collapse:separate;border-spacing:0}"
    ".wide td,.wide th{min-width:6.5rem;border-width:0 1px 1px 0}.wide td:first-child,.wide th:first-child{"
    "min-width:10rem;position:sticky;left:0;background:var(--bg)}.wide th:first-child{z-index:1;background:var(--card)}"
    "a{color:inherit}\n",
};

/* The filter: text anywhere in the case, and classes. Its state is in the address, so that a link keeps it. A page that
 * is opened without one shows what is wrong, when something is. */
static const char *const script[] = {
    "(function(){'use strict';\n"
    "var q=document.getElementById('q'),count=document.getElementById('count');\n"
    "var cases=[].slice.call(document.querySelectorAll('[data-case]'));\n"
    "var buttons=[].slice.call(document.querySelectorAll('[data-show]'));\n"
    "var texts=cases.map(function(c){return c.textContent.toLowerCase();});\n"
    "function pressed(b){return b.getAttribute('aria-pressed')==='true';}\n"
    "function apply(){\n"
    " var words=q.value.toLowerCase().split(/\\s+/).filter(Boolean);\n"
    " var want=buttons.filter(pressed).map(function(b){return b.dataset.show;});\n"
    " var shown=0;\n"
    " cases.forEach(function(c,i){\n"
    "  var ok=(!want.length||want.indexOf(c.dataset.case)>=0)&&words.every(function(w){return "
    "texts[i].indexOf(w)>=0;});"
    "\n"
    "  c.hidden=!ok;if(ok)shown++;\n"
    " });\n"
    " count.textContent=shown+' of '+cases.length+' shown';\n"
    "}\n",
    "var wrong=['fail','broken','fixed','differs'].filter(function(k){\n"
    " return cases.some(function(c){return c.dataset.case===k;});});\n"
    "function save(){\n"
    " var p=new URLSearchParams();if(q.value)p.set('q',q.value);\n"
    " buttons.filter(pressed).forEach(function(b){p.append('show',b.dataset.show);});\n"
    " try{history.replaceState(null,'','#'+(p.toString()||'all'));}catch(e){}\n"
    " apply();\n"
    "}\n"
    "function load(){\n"
    " var p=new URLSearchParams(location.hash.slice(1));q.value=p.get('q')||'';\n"
    " var show=location.hash.length>1?p.getAll('show'):wrong;\n"
    " buttons.forEach(function(b){b.setAttribute('aria-pressed',String(show.indexOf(b.dataset.show)>=0));});\n"
    " apply();\n"
    "}\n"
    "q.addEventListener('input',save);\n"
    "buttons.forEach(function(b){b.addEventListener('click',function(){\n"
    " b.setAttribute('aria-pressed',String(!pressed(b)));save();});});\n"
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
  fputs("</style>\n</head>\n<body>\n<h1>", out);
  kit_print_xml(out, title);
  fputs("</h1>\n", out);
}

void kit_page_filters(FILE *out, const char *const *names) {
  fputs("<div class=\"tools\" role=\"search\"><input id=\"q\" type=\"search\" placeholder=\"Search (press /)\" "
        "aria-label=\"Search\">",
        out);
  for (; *names != NULL; names++)
    fprintf(out, "<button type=\"button\" data-show=\"%s\" aria-pressed=\"false\">%s</button>", *names, *names);
  fputs("<output id=\"count\"></output></div>\n", out);
}

void kit_page_end(FILE *out) {
  size_t i;
  fputs("<script>\n", out);
  for (i = 0; i < sizeof(script) / sizeof(script[0]); i++)
    fputs(script[i], out);
  fputs("</script>\n</body>\n</html>\n", out);
}
