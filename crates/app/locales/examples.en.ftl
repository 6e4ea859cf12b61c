# Good examples: nominated, accepted, shared.

examples-title = Good examples
examples-intro = What a unit did well, accepted by the level above or an independent assessor, and shared with every unit to learn from. What is only nominated does not count as a good example yet.
examples-nominate = Nominate
examples-see-public = See the public page
examples-shows = Filter by state
examples-show-accepted = Shared ({ $n })
examples-show-nominated = Nominated ({ $n })
examples-show-returned = Given back ({ $n })
examples-show-withdrawn = Withdrawn ({ $n })
examples-none-accepted = No good example was accepted yet. A unit that did something well nominates it; once the level above accepts it, every unit sees it here.
examples-none-nominated = No nomination waits.
examples-none-returned = No nomination was given back.
examples-none-withdrawn = No good example was withdrawn.
example-state-accepted = Accepted
example-state-nominated = Nominated
example-state-returned = Given back
example-state-withdrawn = Withdrawn
example-on-accepted = accepted by { $unit } on { $date }
example-on-returned = given back on { $date }
example-on-withdrawn = withdrawn on { $date }
example-nominated-on = nominated on { $date }
example-is-public = public
example-told-accepted = { $who }, { $unit }, accepted it at { $at }.
example-told-returned = { $who } gave it back at { $at } to be bettered:
example-told-withdrawn = { $who } withdrew it from sharing at { $at }. Reason:
example-told-before = Before it was nominated again: { $words }
example-of-office = What the office itself nominates is accepted by nobody of it: it goes up in the report, called nominated. An assessor of another unit can accept it too.
example-unit = Unit
example-nominated = Nominated by
example-task = Task
example-topic = Topic
example-naming = Names
naming-unit = About the unit, nobody is named
naming-agreed = Names a person, who agreed to be named inside the office
naming-agreed-public = Names a person, who agreed to be named in public too
example-public-since = Public since { $at }
example-how = How it was done
example-result = What came of it
example-sheet = A4 page
example-not-accepted = Nominated, not accepted yet

example-accept = Accept
example-accept-hint = Everybody of the office sees this example, and reports count it. Whoever wrote the nomination does not accept it.
example-accept-note = Remark (optional)
example-accept-button = Accept and share
example-return = Give back
example-return-hint = The unit reads the reason, betters it and nominates again.
example-return-reason = What is missing
example-return-button = Give back
example-better = Better and nominate again
example-better-waits = Change the words
example-withdraw-shared = Stop sharing
example-withdraw-waits = Take the nomination back
example-withdraw-hint = Nobody else sees it any more, nor does the public page; later reports do not count it. Its history stays.
example-withdraw-reason = Reason
example-publish = Public page
example-publish-hint = Lets everybody outside the office read it on the page of good examples. Read it once more before.
example-publish-names = The words name a person who agreed to be named inside the office only, so it cannot be public.
example-publish-button = Make public
example-unpublish-button = Take off the public page
example-nothing-to-do = This good example waits for nothing from you.

example-new-title = Nominate a good example
example-again-title = Better and nominate again
example-new-intro = Tell it briefly, so that other units can do the same. It goes to the unit right above, which accepts it or gives it back with a reason.
example-for-unit = Unit that did it
example-title = What was done
example-title-hint = One line, such as: a group that sets up two-step sign-in at the hall of the hamlet
example-how-hint = Who did it, step by step, at what cost. Speak of the unit or the group; name no person who did not agree.
example-result-hint = What is different from before.
example-figure = A figure, where there is one
example-figure-hint = Such as: 214 households with two-step sign-in
example-letter = Carries out the letter
example-no-letter = No letter
example-no-topic = None
example-names = Naming a person
example-named = A person is named, and agreed to it
example-named-public = The person agrees to the public page too
example-send = Send the nomination
example-send-again = Nominate again
task-nominate-example = Nominate a good example from this task

examples-public-intro = What units did well and others accepted; everybody can do the same.
examples-public-none = No good example is public yet.

field-no-example-title = Write what was done, in a line.
field-no-example-how = Write how it was done.
field-no-example-result = Write what came of it.
refusal-example-step = This good example is not at that step: what waits is accepted or given back, what was accepted is shared or withdrawn.
refusal-example-changed = The words were changed after you opened the page. Open it again, read, then accept.
refusal-names-person = The words name a person who did not agree to be public.
notice-nominated = The nomination is recorded and waits to be accepted.
notice-nominated-again = Changed and nominated again.
notice-example-accepted = Accepted. Everybody of the office sees it from now on.
notice-example-returned = Given back with the reason.
notice-example-withdrawn = Withdrawn; nobody else sees it any more.
notice-example-public = It is public now.
notice-example-not-public = It is no longer public.
waits-examples = { $n ->
    [one] { $n } nominated good example waits to be accepted
   *[other] { $n } nominated good examples wait to be accepted
}
waits-examples-returned = { $n ->
    [one] { $n } nominated good example was given back
   *[other] { $n } nominated good examples were given back
}
mail-examples = Good examples nominated, to accept or give back: { $n }
mail-examples-returned = Good examples given back to be bettered: { $n }
document-example = { $unit }: { $title }. Result: { $result } [{ $ref }]
document-example-nominated = Nominated, not accepted yet: { $unit }: { $title } [{ $ref }]
