# Khmer, the region's minority language. Every sentence is to be REVIEWED BY A SPEAKER before it
# stands on a counter; a centre offers the language or not (analytics-server centre, “languages”).
# Between words stand zero-width spaces (U+200B): Khmer writes no spaces between words, and a line
# may end only there.

## Footer
tablet-hint = ការ​វាយតម្លៃ​គឺ​ស្ម័គ្រចិត្ត​ និង​ជួយ​ឱ្យ​សេវា​ល្អ​ជាង​មុន។​ មន្ត្រី​បម្រើ​មិន​អាច​មើល​ជម្រើស​របស់​លោកអ្នក​ទេ។
tablet-hint-dossier = { tablet-hint } លេខ​សំណុំ​រឿង​ត្រូវ​បាន​រក្សាទុក​ជាមួយ​ការ​វាយតម្លៃ។
tablet-decline = មិន​វាយតម្លៃ
tablet-clock = { $time } · { $weekday }, { $date }
tablet-offline = មិនទាន់​មាន​បណ្តាញ​ ការ​វាយតម្លៃ​នៅតែ​ត្រូវ​បាន​រក្សាទុក​ដោយ​សុវត្ថិភាព។
tablet-forked = ឧបករណ៍​ត្រូវការ​អ្នក​បច្ចេកទេស​ពិនិត្យ​ ការ​វាយតម្លៃ​នៅតែ​ត្រូវ​បាន​រក្សាទុក។
tablet-simulated = ទិន្នន័យ​សាកល្បង​ – មិនមែន​មតិ​ពិត​របស់​ប្រជាពលរដ្ឋ​ទេ
weekday-1 = ថ្ងៃ​ច័ន្ទ
weekday-2 = ថ្ងៃ​អង្គារ
weekday-3 = ថ្ងៃ​ពុធ
weekday-4 = ថ្ងៃ​ព្រហស្បតិ៍
weekday-5 = ថ្ងៃ​សុក្រ
weekday-6 = ថ្ងៃ​សៅរ៍
weekday-7 = ថ្ងៃ​អាទិត្យ
# Inside a sentence or line.
weekday-inside-1 = { weekday-1 }
weekday-inside-2 = { weekday-2 }
weekday-inside-3 = { weekday-3 }
weekday-inside-4 = { weekday-4 }
weekday-inside-5 = { weekday-5 }
weekday-inside-6 = { weekday-6 }
weekday-inside-7 = { weekday-7 }

## The officer's card
tablet-served-by = អ្នក​បម្រើ​លោកអ្នក
tablet-not-this-officer = មិនមែន​មន្ត្រី​នេះ​ទេ
tablet-title-department = { $title } · { $department }

## Thanks
tablet-thanks = សូម​អរគុណ!
tablet-thanks-recorded = មតិ​របស់​លោកអ្នក​ត្រូវ​បាន​កត់ត្រា។
tablet-thanks-again = បើ​ប៉ះ​ច្រឡំ​ លោកអ្នក​អាច​ជ្រើស​ម្តងទៀត​ក្នុង​ពីរ​បី​វិនាទី។
tablet-choose-again = ជ្រើស​ម្តងទៀត
tablet-again-hint = សូម​ជ្រើស​ម្តងទៀត។​ បើ​មិន​ជ្រើស​ទេ​ មតិ​មុន​នៅ​ដដែល។

## Ended without a rating
tablet-declined = សូម​អរគុណ!
tablet-declined-more = លោកអ្នក​បាន​ជ្រើស​មិន​វាយតម្លៃ​លើក​នេះ។
tablet-officer-disputed = សូម​អរគុណ​ដែល​បាន​ប្រាប់!
tablet-officer-disputed-more = លើក​នេះ​មិន​រាប់​សម្រាប់​មន្ត្រី​លើ​អេក្រង់​ទេ​ ហើយ​ប្រធាន​ផ្នែក​នឹង​ទទួល​ដំណឹង។
tablet-officer-disputed-then = សូម​មន្ត្រី​ដែល​បម្រើ​លោកអ្នក​ចូល​ប្រើ​ឧបករណ៍​ រួច​លោកអ្នក​អាច​វាយតម្លៃ​បាន។
tablet-take-back = ត្រឡប់​ក្រោយ
tablet-take-back-hint = បើ​ប៉ះ​ច្រឡំ​ លោកអ្នក​អាច​ត្រឡប់​ក្រោយ​ក្នុង​ពីរ​បី​វិនាទី។
tablet-sign-in = មន្ត្រី​ចូល​ប្រើ៖​ សង្កត់​លើ​នាឡិកា​នៅ​ជ្រុង​ខាងក្រោម​ខាងស្តាំ​ក្នុង​បី​វិនាទី​ រួច​ជ្រើស​ឈ្មោះ​ និង​បញ្ចូល​លេខ​ PIN។

## Not in service
tablet-not-in-service = បញ្ជរ​នេះ​មិនទាន់​បម្រើ​សេវា​ទេ
tablet-not-in-service-more = សូម​តាមដាន​លេខ​រៀង​ ឬ​សួរ​នៅ​តុ​ណែនាំ។
tablet-officer-unknown = មិនទាន់​ដឹង​ថា​មន្ត្រី​ណា​កំពុង​បម្រើ
tablet-officer-unknown-more = ឧបករណ៍​មិនទាន់​ដឹង​ម៉ោង ដូច្នេះ​មិនទាន់​ទទួល​ការវាយតម្លៃ។ សូម​មន្ត្រី​ចូល​ប្រព័ន្ធ។
tablet-starting = កំពុង​ទទួល​ព័ត៌មាន​របស់​បញ្ជរ
tablet-starting-more = ឧបករណ៍​កំពុង​ភ្ជាប់​ទៅ​ម៉ាស៊ីន​មេ​ { $server } ហើយ​នឹង​បន្ត​ដោយ​ខ្លួនឯង។
tablet-starting-offline = មិនទាន់​ភ្ជាប់​ទៅ​ម៉ាស៊ីន​មេ​ { $server } បាន​ទេ។​ ឧបករណ៍​នឹង​ព្យាយាម​ម្តងទៀត​ បើ​យូរ​ សូម​ប្រាប់​អ្នក​បច្ចេកទេស។

## Out of service
tablet-out-of-service = ឧបករណ៍​ផ្អាក​ទទួល​ការ​វាយតម្លៃ
tablet-out-of-service-more = សូម​អភ័យទោស។​ ឧបករណ៍​នឹង​ដំណើរការ​ឡើងវិញ​ដោយ​ខ្លួនឯង​ពេល​ជួសជុល​រួច។
tablet-trouble-full = សូម​មន្ត្រី​ប្រាប់​អ្នក​បច្ចេកទេស៖​ អង្គ​ផ្ទុក​របស់​ឧបករណ៍​ពេញ។
tablet-trouble-read-only = សូម​មន្ត្រី​ប្រាប់​អ្នក​បច្ចេកទេស៖​ ឧបករណ៍​សរសេរ​ទិន្នន័យ​មិន​បាន។
tablet-trouble-damaged = សូម​មន្ត្រី​ប្រាប់​អ្នក​បច្ចេកទេស៖​ ទិន្នន័យ​លើ​ឧបករណ៍​ខូច។
tablet-trouble-slow = សូម​មន្ត្រី​ប្រាប់​អ្នក​បច្ចេកទេស៖​ ឧបករណ៍​សរសេរ​ទិន្នន័យ​យឺត​ពេក។
tablet-trouble-other = សូម​មន្ត្រី​ប្រាប់​អ្នក​បច្ចេកទេស៖​ ឧបករណ៍​មិនទាន់​រក្សាទុក​ការ​វាយតម្លៃ​បាន។

## How it is shown
tablet-size-normal = ទំហំ​អក្សរ៖​ ធម្មតា
tablet-size-large = ទំហំ​អក្សរ៖​ ធំ
tablet-size-largest = ទំហំ​អក្សរ៖​ ធំ​បំផុត
tablet-contrast = កម្រិត​ពណ៌​ខ្ពស់
tablet-staff = បុគ្គលិក
tablet-dossier = សំណុំ​រឿង​ { $code }
tablet-ticket = លេខ​រៀង​ { $code }

## Further questions
tablet-kept = សូម​អរគុណ​ ការ​វាយតម្លៃ​ត្រូវ​បាន​កត់ត្រា​រួច​ហើយ។
tablet-next = បន្ត
tablet-done = រួចរាល់
tablet-skip = រំលង
tablet-next-person = អ្នក​បន្ទាប់
tablet-covered = ប៉ះ​ដើម្បី​បន្ត
tablet-covered-more = ចម្លើយ​ត្រូវ​បាន​រក្សាទុក​ និង​បិទបាំង។
tablet-page-back = ទំព័រ​មុន
tablet-page-on = ទំព័រ​បន្ទាប់

## A comment
tablet-comment = មតិ​របស់​លោកអ្នក
tablet-comment-hint = សូម​វាយ​មតិ។
tablet-privacy = សូម​កុំ​សរសេរ​ឈ្មោះ​ លេខ​ទូរស័ព្ទ​ លេខ​អត្តសញ្ញាណ។
tablet-typing-telex = Telex៖ aa â · aw ă · ee ê · oo ô · ow ơ · uw ư · dd đ · s f r x j
tablet-typing-vni = VNI៖ 6 â ê ô · 7 ơ ư · 8 ă · 9 đ · 1 2 3 4 5
tablet-typing-plain = ABC៖ អក្សរ​ឡាតាំង
tablet-key-erase = លុប
tablet-key-shift = អក្សរ​ធំ
tablet-key-space = ចន្លោះ
tablet-key-symbols = លេខ​និង​សញ្ញា
tablet-key-letters = អក្សរ
tablet-key-method = របៀប​វាយ៖​ { $method }

## Outside working hours
tablet-touch-to-rate = ប៉ះ​អេក្រង់​ដើម្បី​វាយតម្លៃ
tablet-from-to = { $from } – { $to }
tablet-day-closed = ឈប់​សម្រាក
tablet-closed-days = ឈប់​សម្រាក​ថ្ងៃ៖​ { $days }

## Reading aloud
tablet-aloud = ស្តាប់​ការ​អាន
tablet-aloud-key-1 = គ្រាប់​ចុច​លេខ​មួយ។
tablet-aloud-key-2 = គ្រាប់​ចុច​លេខ​ពីរ។
tablet-aloud-key-3 = គ្រាប់​ចុច​លេខ​បី។
tablet-aloud-key-4 = គ្រាប់​ចុច​លេខ​បួន។
tablet-aloud-key-5 = គ្រាប់​ចុច​លេខ​ប្រាំ។
tablet-aloud-again = ចុច​លេខ​សូន្យ​ដើម្បី​ស្តាប់​ម្តងទៀត។

## The way to the server
tablet-clock-unknown = មិនទាន់​ដឹង​ម៉ោង
tablet-not-sent = ឧបករណ៍​មិនទាន់​ផ្ញើ​ការ​វាយតម្លៃ​បាន​ មតិ​របស់​លោកអ្នក​នៅតែ​ត្រូវ​បាន​រក្សាទុក។
tablet-starting-refused = ម៉ាស៊ីន​មេ​ { $server } មិន​ទទួល​ឧបករណ៍​នេះ​ទេ។​ សូម​អ្នក​គ្រប់គ្រង​ផ្តល់​លេខ​កូដ​ថ្មី។
tablet-starting-clock = តាម​ម៉ោង​របស់​ឧបករណ៍​ វិញ្ញាបនបត្រ​របស់​ម៉ាស៊ីន​មេ​ { $server } មិន​មាន​សុពលភាព​ទេ។​ សូម​ប្រាប់​អ្នក​បច្ចេកទេស​កែ​ម៉ោង។
tablet-starting-authority = ឧបករណ៍​មិន​ស្គាល់​អ្នក​ចេញ​វិញ្ញាបនបត្រ​របស់​ម៉ាស៊ីន​មេ​ { $server } ទេ។​ សូម​ប្រាប់​អ្នក​បច្ចេកទេស​ដំឡើង​វិញ្ញាបនបត្រ។
tablet-starting-foreign = នៅ​ { $server } មិនមែន​ម៉ាស៊ីន​មេ​នេះ​ឆ្លើយ​ទេ។​ សូម​ប្រាប់​អ្នក​បច្ចេកទេស​ពិនិត្យ​បណ្តាញ។
