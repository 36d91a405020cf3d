"""Fetching pages politely: the client, robots rules, and every way in which it can fail.

==============================================  ==========================  ======================
what the site does                              what is said                what is stored
==============================================  ==========================  ======================
answers 200                                     a `Capture`                 the body as sent
answers 304, or the same bytes again            `Unchanged`                 nothing new
challenge page, with whatever status            Refused, the mark found     nothing
401, 403, 406, 407, 418, 451                    Refused, at once            nothing
429; Retry-After                                waits as asked, tries       the page, or nothing
                                                again; Refused if too long
robots.txt forbids, or is not to be had         Refused, the rule           nothing
refuses or fails again and again                Refused: left alone         nothing
404, 410                                        Missing                     nothing
other 4xx                                       Misconfigured               nothing
500 then 200                                    a `Capture`                 the body as sent
5xx, silence, no connection, a cut answer       Unreachable, after retries  nothing
slow drip                                       Unreachable, at `total_s`   nothing
a chain of certificates that does not hold      Unreachable, with the mend  nothing
endless body, gzip bomb                         BadPage, at `max_bytes`     nothing
redirect loop                                   Unreachable                 nothing
redirect or link elsewhere, to a private        Forbidden                   nothing
address, another port, file:, ftp: …
wrong charset, 5 MB of nested tags              a `Capture`                 the body as sent
... and read by `pages.page_text`               the right text, or BadPage
truncated page that claims to be whole          a `Capture`; then BadPage   the body as sent
==============================================  ==========================  ======================

Nothing else is raised. Tests hold each line (tests/scrapers/web).
"""
