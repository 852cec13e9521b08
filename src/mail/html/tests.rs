//! What is read of markup, kind by kind.

use super::Rendered;
use super::render;
use proptest::prelude::*;

#[track_caller]
fn check(html: &str, text: &str) {
    assert_eq!(render(html).text.trim_end_matches('\n'), text, "{html}");
}

#[track_caller]
fn check_links(html: &str, links: &[(&str, &str)]) {
    let Rendered { text, links: found, .. } = render(html);
    let found: Vec<(&str, &str)> =
        found.iter().map(|link| (&text[link.range.clone()], link.target.as_str())).collect();
    assert_eq!(found, links, "{html}");
}

#[track_caller]
fn check_hidden(html: &str, hidden: &[&str]) {
    let Rendered { text, hidden: found, .. } = render(html);
    let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
    assert_eq!(found, hidden, "{html}");
}

#[test]
fn blanks_collapse_as_in_a_browser() {
    check("", "");
    check("  a \n\t b  ", "a b");
    check("<b>Marine</b> <i>Le Pen</i>", "Marine Le Pen");
    check("Mé<b>lenchon</b>", "Mélenchon");
    check("<b>Marine </b><i> Le</i>\n<u>Pen</u>", "Marine Le Pen");
    check("Le&nbsp;Pen", "Le\u{A0}Pen");
    check("Mé<wbr>len&shy;chon", "Mélenchon");
    check("a<!-- no -->b<![CDATA[no]]>c", "abc");
    check("a<!--[if mso]>no<![endif]-->b<![if !mso]>c<![endif]>", "abc");
    check("&lt;b&gt; &amp; &#233; &eacute; &#x1F600; &bogus;", "<b> & é é 😀 &bogus;");
}

#[test]
fn blocks_part() {
    check("<p>a<p>b", "a\n\nb");
    check("<div>a</div><div>b</div>c", "a\nb\nc");
    check("<div>a</div><div><br></div><div>b</div>", "a\n\nb");
    check("a<br>b<br><br>c<br><br><br>d", "a\nb\n\nc\n\nd");
    check("<div>a<br></div>b", "a\nb");
    check("<h1>a</h1>b", "a\n\nb");
    check("a<hr>b", "a\n\n--------------------\n\nb");
    check("<p>&nbsp;</p><p>a</p><p>&nbsp;</p><p>b</p>", "a\n\nb");
    check("<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal>b</p>", "a\nb");
    check(
        "<p class=MsoNormal>a</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>b</p>",
        "a\n\nb",
    );
    check("<p style='margin:0 0 0 0'>a</p><p style='margin:0'>b</p>", "a\nb");
}

#[test]
fn what_is_for_programs_is_not_read() {
    check("<head><title>t</title><style>p{}</style></head><body>a<script>alert('<p>')</script>b", "ab");
    check("a<template><p>no</p></template>b", "ab");
    check("a<noscript><p>b<script>no</script></noscript>c", "a\n\nbc");
    check("a<SCRIPT>no</SCRIPT >b<style>no", "ab");
}

#[test]
fn text_as_typed_stays() {
    check("<pre>\na  b\n\n\n  c\n</pre>d", "a  b\n\n\n  c\n\nd");
    check("<div style='white-space: pre-wrap'>a  b\nc</div>", "a  b\nc");
}

#[test]
fn lists_are_marked() {
    check("<ul><li>a<li>b</ul>c", " • a\n • b\n\nc");
    check("<ol start=9><li>a</li><li>b</li></ol>", "9. a\n10. b");
    check("<ul><li>a<ol><li>b</ol><li>c</ul>", " • a\n   1. b\n • c");
    check("<ul><li><p>a</p><p>b</p></ul>", " • a\n\n   b");
}

#[test]
fn quotes_are_marked() {
    check("a<blockquote><p>b<p>c</blockquote>d", "a\n\n> b\n>\n> c\n\nd");
    check("<blockquote>a<blockquote>b<br>c</blockquote></blockquote>", "> a\n>\n> > b\n> > c");
    check("<blockquote style='margin:0 0 0 40px;border:none'>a</blockquote>", "    a");
    check("<blockquote class='gmail_quote' style='border:none'>a</blockquote>", "> a");
    check(
        "a<div class='moz-cite-prefix'>b wrote:<br></div><blockquote type=cite>c</blockquote>",
        "a\n\nb wrote:\n\n> c",
    );
}

#[test]
fn links_are_found_by_their_words() {
    check_links("a <a href='x'> b <i>c</i> </a> d", &[("b c", "x")]);
    check_links("<a href=x>b<a href=y>c", &[("b", "x"), ("c", "y")]);
    check_links(
        "<a href='mailto:a@b.example'>a</a><a name=z>c</a><a href='#z'>d</a>",
        &[("a", "mailto:a@b.example")],
    );
    check_links("<a href=x><img src='http://i'></a><a href=y><div>b</a>c</div>", &[("", "x"), ("b", "y")]);
    check_links("<a href=x><img alt='Logo'></a>", &[("[Logo]", "x")]);
    check_links(
        "<table border=1><tr><td>aa<td><a href=x>b</a><tr><td>c<td><a href=y>dd</a></table>",
        &[("b", "x"), ("dd", "y")],
    );
}

#[test]
fn images_are_named() {
    let html = "<img src='http://a.example/p.gif' width=1 height=1 alt=no><img src=cid:x alt='A map'>\
        <td background='//b.example/b.png' style=\"background:url('https://c.example/c')\">";
    let rendered = render(html);
    assert_eq!(rendered.text, "[A map]\n");
    assert_eq!(rendered.images, ["http://a.example/p.gif", "//b.example/b.png", "https://c.example/c"]);
}

#[test]
fn what_is_hidden_is_read_and_marked() {
    for style in [
        "display:none",
        "DISPLAY : none !important",
        "visibility:hidden",
        "font-size:0",
        "font-size:1px",
        "opacity:0",
        "mso-hide:all",
        "max-height:0;overflow:hidden",
        "color:#fff;background:white",
        "color:transparent",
    ] {
        check_hidden(&format!("a<span style='{style}'>b <i>c</i></span> d"), &["b c"]);
    }
    check_hidden("a<div hidden>b<p>c</div>d", &["b\n\nc"]);
    check_hidden("<td bgcolor=#336699>a<font color='#369'>b</font>c", &["b"]);
    check_hidden("<div style='font-size:0'>a<b style='font-size:14px'>b</b></div>", &["a"]);
    check_hidden("<span style='color:#fff'>a</span><span style='font-size:0.9em'>b</span>", &[]);
    check_hidden("<input type=hidden value=x>a", &["[x]"]);
}

#[test]
fn tables_of_data_stand_in_columns() {
    check(
        "<table><tr><th>Name<th>Sum<tr><td>Anna<td>3<tr><td>Bo<td>4 000</table>",
        "Name  Sum\nAnna  3\nBo    4 000",
    );
    check("a<table border=1><tr><td>b<td></td><td>c</td></tr></table>d", "a\nb  c\n\nd");
    check("<blockquote><table><tr><td>a<td>b<tr><td>cc<td>d</table></blockquote>", "> a   b\n> cc  d");
    check("<table><tr><td colspan=2>A title<tr><td>a<td>b</table>", "A title\na  b");
    check("<table><caption>Sums</caption><tr><td>a<td>b</table>", "Sums\na  b");
    check("<table><tr><td>a<td>b<tr>c</table>", "a\nb\nc");
}

#[test]
fn tables_of_layout_are_flattened() {
    check("<table><tr><td><table><tr><td>a</table><td>b<br>c</table>", "a\nb\nc");
    check("<table><tr><td>a<tr><td>&nbsp;<tr><td>b</table>", "a\nb");
    let prose = "word ".repeat(20);
    check(&format!("<table><tr><td>{prose}<td>b</table>"), &format!("{}\nb", prose.trim_end()));
}

#[test]
fn what_people_fill_in_and_strike_out_shows() {
    check(
        "<form>Name <input value=Anna> <input type=checkbox checked> yes <button>Send</button></form>",
        "Name [Anna] [x] yes [Send]",
    );
    check("<select><option>a<option>b</select>", "a\nb");
    check("<textarea>a <b>\nc</textarea>", "a <b>\nc");
    check("<del>10</del> <ins>8</ins>", "~~10~~ ++8++");
    check("10<sup>3</sup> 1<sup>er</sup> H<sub>2</sub>O Fillon<sup>1</sup>", "10^3 1er H_2O Fillon^1");
}

#[test]
fn padding_of_newsletters_is_blank() {
    check("Read on&#847;&zwnj; &#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp; <p>a", "Read on\u{34F}\u{200C}\n\na");
    check("pay&#8203;pal", "pay\u{200B}pal");
}

#[test]
fn end_tags_close_what_they_belong_to() {
    check("<blockquote><div>a</blockquote>b</div>c", "> a\n\nbc");
    check("<table><tr><td>a</div></p></td></tr></table></table></div>b", "a\nb");
    check("<blockquote><table><tr><td>a</blockquote>b</table>c</blockquote>d", "> ab\n> c\n\nd");
}

#[test]
fn hostile_markup_ends() {
    let many = 100_000;
    for unit in [
        "<div>",
        "<p>",
        "</p>",
        "<a><b>",
        "<a href=x>",
        "<td>",
        "<table>",
        "<tr><td>a",
        "<table><tr><td>a<td>b",
        "<ul><li>a",
        "<blockquote>a",
        "<b>a</i>",
        "</div>",
        "<span style='display:none'>a",
        "<section><table><td></section>",
        "<font color=red><div>a</font>",
        "<pre>\n",
        "&nbsp;",
        "&#847; ",
        "<br>",
        "<x a=b ",
        "<!--",
        "<![CDATA[",
        "&",
        "<",
        "<del>",
        "<ol start=4294967295><li>",
        "<template>",
        "<svg>",
        "<select><option>",
        "<img alt=a src=//b>",
        "\0",
    ] {
        let rendered = render(&unit.repeat(many));
        assert!(rendered.links.iter().all(|link| rendered.text.get(link.range.clone()).is_some()), "{unit}");
        assert!(rendered.hidden.iter().all(|range| rendered.text.get(range.clone()).is_some()), "{unit}");
    }
    let giant = format!("<p style='{}' class={}>a", "color:red;".repeat(many), "x".repeat(many * 10));
    check(&giant, "a");
    let names: String = (0..many).map(|number| format!("a{number}=1 ")).collect();
    check(&format!("<p {names}>a"), "a");
    let cells = format!("<table border=1>{}</table>", "<tr><td>a<td>b".repeat(many / 2));
    assert!(render(&cells).text.len() >= many);
}

proptest! {
    #[test]
    fn ranges_lie_in_the_text_and_in_order(pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
        let html = pieces.concat();
        let rendered = render(&html);
        for link in &rendered.links {
            prop_assert!(rendered.text.get(link.range.clone()).is_some(), "{html}");
        }
        let mut end = 0;
        for range in &rendered.hidden {
            prop_assert!(end <= range.start && rendered.text.get(range.clone()).is_some(), "{html}");
            end = range.end;
        }
        let words = |text: &str| text.matches("mot").count();
        prop_assert_eq!(words(&rendered.text), words(&html), "{}", html);
        prop_assert!(!rendered.text.contains("\n\n\n"));
    }
}

/// Markup that crosses and nests in every way, each word of which is to be read once.
const PIECES: [&str; 42] = [
    "mot",
    " mot ",
    "é",
    " ",
    "&nbsp;",
    "&shy;",
    "&zwnj;",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<br>",
    "<hr>",
    "<a href=x>",
    "</a>",
    "<b>",
    "</b>",
    "<span style='display:none'>",
    "</span>",
    "<table>",
    "<table border=1>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>mot",
    "<ul>",
    "<ol>",
    "</ul>",
    "</ol>",
    "<li>",
    "</li>",
    "<blockquote>",
    "</blockquote>",
    "<del>",
    "</del>",
    "<sup>",
    "<div hidden>",
    "<noscript>",
    "</noscript>",
    "<input value=mot>",
];
