### What the program does by itself: mail, planned inspections; the policy on second factors.

nav-mail = Mail
manage-mail = The office's mail server and when reminders go out.
mail-intro = The program sends mail only once it is set up here: to people who asked for it, and letters of drills that the head approved. Nothing goes anywhere else.
mail-on = Using the server { $host }.
mail-none = Not set up. No mail was sent.
mail-host = SMTP server
mail-host-hint = The server's name, for example mail.tanluy.gov.vn. Ask whoever provides the office's mailboxes.
mail-port = Port
mail-port-hint = Usually 465 with TLS, 587 with STARTTLS.
mail-secured = Encryption on the way
mail-secured-tls = TLS from the start
mail-secured-starttls = STARTTLS (encryption required)
mail-secured-none = None (only to this machine itself)
mail-user = Sign-in name at the mail server
mail-user-hint = Leave empty if the server asks for none.
mail-password = Password at the mail server
mail-password-hint = Sealed with the office's key, never shown again. Empty: keep the old one. For another server, port or name it has to be typed again.
mail-sender = Sender address
mail-sender-name = Sender name
mail-address = Address of this program
mail-address-hint = So that mail links to the right page, for example https://luytre.tanluy.gov.vn
mail-at = When morning reminders go out
mail-save = Save
mail-trial = Send a test letter
mail-trial-hint = Sends a letter without any content at once, to see whether the server takes it.
mail-trial-to = To
mail-off = Stop sending mail
mail-off-hint = Forgets the server and the password. The addresses people registered stay.
mail-trial-subject = Lũy Tre: test
mail-trial-body =
    This letter says that the program Lũy Tre can send mail.
    No answer is needed.
mail-code-subject = Lũy Tre: code for your address
mail-code-body =
    The code for this address: { $code }
    Type it on the page "Reminders by mail" within { $minutes } minutes.
    If you did not ask for it, ignore this letter.
mail-morning-subject = Lũy Tre: what waits for you
mail-morning-head = What waits for you on { $date }
mail-news-subject = Lũy Tre: something new
mail-news-head = New since the last letter
mail-overdue = Overdue: { $n }
mail-returned = Returned for more: { $n }
mail-soon = Due soon: { $n }
mail-unseen = Not acknowledged: { $n }
mail-extensions = Extensions to decide: { $n }
mail-answered = Difficulties answered: { $n }
mail-to-answer = Difficulties to answer: { $n }
mail-voices = Feedback and recommendations to answer: { $n }
mail-voices-late = Feedback and recommendations overdue: { $n }
mail-voices-answered = Recommendations answered, to be closed: { $n }
mail-assigned = Newly assigned: { $n }
mail-task-due = - { $task } (due { $date })
mail-task = - { $task }
mail-more = - and { $n } more, on the page
mail-closed = - { $n } without their words here, on the page
mail-foot =
    Your work: { $address }
    You get this because you asked for it. To stop: { $address }/account/mail
mail-problem-not-set-up = The office has not set up a mail server. Ask an administrator.
mail-problem-bad-host = Not a server name or port.
mail-problem-bad-sender = The sender's address, name or the sign-in name cannot be used.
mail-problem-bad-recipient = The recipient's address cannot be used, or they stopped asking for mail.
mail-problem-bad-link = The program's address begins with http:// or https:// and has only a name and a port.
mail-problem-in-the-clear = Without encryption only this machine itself (localhost) can be used. Choose TLS or STARTTLS.
mail-problem-name-not-found = No server of this name was found. Check the spelling and DNS.
mail-problem-refused = The server refused the connection at this port. Check the port and the firewall.
mail-problem-no-answer = The server does not answer. Check the port, the firewall and the network.
mail-problem-tls = No encrypted connection came about. Check that the port goes with the kind of encryption and that the server's certificate is valid and in its name.
mail-problem-no-starttls = The server offers no STARTTLS at this port. Try TLS at port 465.
mail-problem-wrong-password = The server does not accept the name or password.
mail-problem-sender-refused = The server does not let this address send. Use the address of the mailbox that signs in.
mail-problem-recipient-refused = The server does not take the recipient's address.
mail-problem-content-refused = The server does not take the letter.
mail-problem-later = The server says to try later.
mail-problem-broken-off = The connection broke off.
mail-problem-password-lost = The kept password cannot be opened. Type it again.
notice-mail-saved = Saved. Send a test letter to check.
notice-mail-tried = The server took the test letter. Look into the mailbox, also among junk.
notice-mail-off = No more mail is sent.
upkeep-mail = Mail
upkeep-mail-words = { $waiting } waiting, { $given } given up after a day (last 7 days)
upkeep-mail-problem = Latest problem with mail

my-mail-title = Reminders by mail
my-mail-account = Get reminders in your own mailbox.
my-mail-link = Set up reminders by mail
my-mail-intro = Your choice. Letters name your unit's work and link to the page; nothing of secret letters stands in them. The address is used for nothing else.
my-mail-not-set-up = The office has not set up a mail server, so nothing can be sent.
my-mail-current = Address in use
my-mail-new = Mail address
my-mail-ask = Send a code
my-mail-sent = A code was sent to { $address }. It is good for 30 minutes.
my-mail-code = Code in the letter
my-mail-confirm = Confirm
my-mail-want = What to get
my-mail-want-nothing = Nothing
my-mail-want-morning = One letter each morning, when something waits
my-mail-want-news = Each morning, and when something new comes
my-mail-save = Save
my-mail-remove = Remove the address
notice-mail-asked = A code was sent. Look into your mailbox.
notice-mail-confirmed = The address is confirmed.
notice-mail-want = Saved.
notice-mail-removed = The address was removed.
refusal-bad-address = Not a mail address.
refusal-asked-too-often = A code was just sent. Wait some minutes; there are at most 5 codes a day.

plans-title = Planned inspections
plans-intro = The program inspects this machine or a folder by itself, only reading, one at a time. Results go into the ledger as if done by hand. Times that were missed are made up for once.
plans-link = Planned inspections
plans-none-title = Nothing planned
plans-none = Add a plan on this page. The first run is at the next time that comes round.
plans-add = Add a plan
plans-what = What to inspect
plans-host = This machine
plans-files = A folder of this machine
plans-path-hint = The full path, for a folder.
plans-every = How often
plans-every-day = Every day
plans-every-week = Every Monday
plans-every-month = On the first of each month
plans-hour = At what hour (0–23)
plans-when = { $every }, { $hour }:00
plans-done = Last run: { $at }
plans-not-yet = Has not run yet
plans-end = End the plan
plans-worse = { $n ->
    [one] A planned inspection found { $n } item worse than before.
   *[other] Planned inspections found { $n } items worse than before.
}
plans-seen = Seen
plan-problem-no-folder = The folder is gone.
plan-problem-failed = The last run failed, see the log file.
notice-plan-added = The plan was added.
notice-plan-ended = The plan was ended.
notice-plan-seen = Noted.
refusal-too-many-plans = There are 20 plans; end one first.

policy-title = Second factor required
manage-policy = Who has to use an authenticator app to sign in.
policy-intro = Counts at once: whoever has no authenticator app or passkey is led to set one up before anything else.
policy-recovery = Whoever loses the phone signs in with a recovery code and sets the app up anew. Whoever loses those too gets a new invitation from an administrator on the page "People". Better have two administrators.
policy-first = Before you ask others, turn on your own authenticator app or add a passkey, and keep recovery codes.
policy-first-link = My account
policy-who = Required of
policy-nobody = Nobody
policy-leaders = Administrators and heads
policy-everybody = Everybody
policy-save = Save
notice-policy = The requirement was saved.
notice-factor-asked = The office requires a second factor. Set up an authenticator app, or a passkey where the page offers it, to go on. If you lose the phone later, use a recovery code; if you lose both, an administrator invites you anew.
refusal-factor-required = The office requires a second factor of you: an authenticator app or a passkey has to stay.
refusal-factor-first = Turn on your own authenticator app or add a passkey, and keep recovery codes before you ask others.
access-factor-policy = Second factor requirement changed
