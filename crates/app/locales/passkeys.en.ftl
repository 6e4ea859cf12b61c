# Passkeys: signing in with the fingerprint, face or PIN of a device.

passkeys-title = Passkeys
passkeys-what = Sign in with the fingerprint, face or PIN of a computer, telephone or security key, without password and code. The key stays in the device, and so do fingerprint and face; a faked page gets nothing.
passkeys-none = No passkey yet.
passkeys-since = Made on { $date }
passkeys-used = Last used on { $date }
passkeys-unused = Never used
passkeys-synced = Shared between its owner’s devices
passkeys-elsewhere = Works only where this page is opened by the name { $host }; it is open by another one.
passkeys-rename = Rename
passkeys-rename-save = Save the name
passkeys-remove = Remove
passkeys-remove-button = Remove the key
passkeys-remove-hint = A device is lost: remove its passkey. Changing the password removes none of them; remove any that is not yours.
passkeys-add = Add a passkey
passkeys-name = Name
passkeys-name-hint = To know it by later, for example: Computer at the office
passkeys-add-button = Make the passkey
passkeys-host = A passkey made here works only where the page is opened by the name { $host }.
passkeys-own-certificate = The server uses a certificate of its own: browsers make passkeys only once this computer trusts it (the page opens without a warning).
passkeys-no-script = Passkeys need JavaScript. Everything else on the page works without it.
passkeys-unsupported = This browser has no passkeys. Use a recent Chrome, Edge, Firefox, Cốc Cốc or Safari.
passkeys-not-here = Passkeys cannot be used at this address.
passkeys-factor = Or use a passkey
passkeys-second = Without an authenticator app: sign in with the passkey below, or type a recovery code.

passkeys-in-title = Without a password
passkeys-in-button = Sign in with a passkey
passkeys-in-hint = For those who made one on the page My account, opened by the name { $host }.

passkeys-waiting = Follow what the browser says…
passkeys-not-made = Not made: cancelled, too late, or the device has no fingerprint, face or PIN set up.
passkeys-cancelled = Not done: cancelled, too late, or this device has no passkey for the name { $host }. Passkeys made for another name of the server do not work here.
passkeys-failed = The browser could not do it. Reload the page and try again.
passkeys-security = The browser refuses at this address. The page has to be open over HTTPS without a certificate warning, by the name { $host }.

no-passkeys-loopback = The page is open by a number. On this computer itself, open it by the name localhost instead of the number.
no-passkeys-number = The page is open by a number. Browsers make passkeys only for a name, over HTTPS: ask whoever runs the server for a name (option --name) and a certificate (--tls-cert), then open the page by that name.
no-passkeys-plain = The page is open over HTTP, without encryption. Browsers make passkeys only over HTTPS: ask whoever runs the server for a certificate (option --tls-cert), then open the page by its https address.

refusal-passkey-over = Too late, or used before. Press the button and try again.
refusal-passkey-unknown = This passkey does not work any more: it was removed, or the account was given anew. Sign in with the password.
refusal-passkey-elsewhere = This passkey was made for another name of the server and does not work at this address. Sign in with the password and make one for this address on the page My account.
refusal-passkey-unverified = The device did not make sure who was there. Turn on its fingerprint, face or PIN and try again.
refusal-passkey-bad = The passkey is not right.
refusal-passkey-copied = The counter of the passkey went backwards: somebody may have a copy. Sign in with the password, remove this passkey on the page My account, and tell an administrator.
refusal-passkey-there = This passkey is in the list already.
refusal-passkey-kind = The device signs in a way that this program does not take.
refusal-passkey-too-many = There are 10 passkeys already. Remove one that is not used first.
refusal-passkey-address = Passkeys cannot be used at this address: they need HTTPS and a name.

access-passkey-made = Passkey added
access-passkey-removed = Passkey removed
access-passkey-used = Signed in with a passkey
access-passkey-wrong = Passkey not taken
access-passkey-copied = Passkey may have been copied: its counter went backwards

notice-passkey-added = The passkey was added.
notice-passkey-renamed = The passkey was renamed.
notice-passkey-removed = The passkey was removed. Delete it in the device too, so that nobody picks it by mistake.
