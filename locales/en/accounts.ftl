# accounts: signing in, accounts, roles
account-sign-in = Sign in
account-sign-out = Sign out
account-name = User name
account-password = Password
account-refused = The user name or the password is not right. Check them and try again.
account-role-administrator = Administrator
account-role-leader = Leader
account-role-supervisor = Department supervisor
account-role-officer = Officer
account-role-auditor = Auditor
