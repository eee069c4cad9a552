"""What agencies write back when they are asked: nothing known, an account, or neither yet.

Written before the rules that read them; half were kept back while these were
made. All names
are fictitious.
"""

from __future__ import annotations

NIL = """\
Not known to us.
--
Nil return from Pennine Care.
--
Dear colleagues,

Please accept this e-mail as a nil return. The family is not known to our service.

Kind regards
Priya Sampleton
Named Nurse Safeguarding
--
Good morning, we have checked our systems and have no record of this child or
her family. Thanks, Joan
--
Hi, having searched RiO and PARIS I can confirm that the child has never been
known to CAMHS. Regards, Tom Testerby, Team Manager, 0161 496 0101
--
TSCP-2026-0001: Barnaby Quennelly, DOB 12/12/2017, is not known to Tameside
Youth Justice Service.
--
No trace on our system for any of the names provided.
--
I can confirm the family are unknown to this agency.
--
We have no records for mother, father or the children.
--
The child is not registered with this practice and never has been.
--
We have had no involvement with the child, the parents or any member of the household.
--
Thank you for your request. We hold no information on this family.
--
Following your letter of 24 November we have searched our records under both
surnames and found nothing. The family is not known to us.
--
Nothing known.
--
Nil return - no contact with the family.
--
Our housing records have been checked. We have no trace of the family as
tenants or applicants.
--
I have been unable to find any record of this child or parents on our case
management system.
--
We do not hold any records for this child. Please treat this as our nil return.
--
Neither the children nor their parents have ever been known to our service.
--
This family has not been known to the drug and alcohol service at any time.
--
Please note that the Fire and Rescue Service has had no dealings with this
family or address.
--
Unknown to probation.
--
Re your request for information: no record of the child, siblings or adults is
held by NWAS.
--
We don't have any record of them.
--
The children do not attend and have never attended this school, and are not known to us.
--
I've looked on SystmOne and there is nothing for either child. They're not
known to our team.
--
After a full search of all our databases, I confirm a nil return on behalf of Cafcass.
--
Hello both. No involvement from adult social care with anyone in this family.
Best wishes, Dee
--
We can confirm that neither parent nor child is known to us. Happy to discuss.
--
There is no record of the family having had any contact with our refuge or
outreach services.
--
The named child was never a patient here and we have no records to share.
--
None of the individuals listed are known to us.
"""

TELLING = """\
There has been no contact with the father since June. Our social worker saw
Ottoline on 3 October and she has a child protection plan.
--
Mother was not registered with midwifery until 30 weeks. Ottoline attended our
Emergency Department four times with burns in 2026.
--
No safeguarding records were passed to us by the previous setting. Ottoline
has been on roll since 2023 and disclosed being hurt twice.
--
Nothing known about the stepfather. The mother has three convictions and we
attended the address nine times.
--
Family not open to Early Help. We hold a full file: CP plan 2024, two strategy
meetings, care proceedings.
--
The child is not known to us. However, her older brother was under our care until May.
--
Child not known to us but mother has been a patient since 2019 and has a
diagnosis of depression.
--
The family is not known to our service apart from one contact in March, when
the health visitor rang for advice about the baby.
--
Not currently open to us. Closed in August 2025 after a six week assessment.
--
We have no record of the child after 2024. Before then she was seen eleven
times in clinic, three of these with unexplained bruises.
--
Father is unknown to us. Mother was supported by our outreach worker between
January and April 2026 and disclosed violence.
--
No further involvement since closure. A referral was received in 2023 for
neglect, the case was held for nine months.
--
GMP has no record of the child as a victim. There are seven incidents at the
address for domestic abuse, the last on 14 October 2026.
--
She was on roll from September 2022; attendance was 71 per cent; two concerns
were logged on CPOMS about bruising.
--
Our midwives visited at home on 2, 9 and 16 March. Mother declined the visit
on 23 March. No concerns were recorded.
--
Crew attended on 12 September at 23:14 to a child with a head injury. Conveyed
to hospital. Safeguarding referral made.
--
The family moved into our property in 2021. There are rent arrears and three
noise complaints; an officer visited in July and found the flat cold.
--
Mother is known to us as an adult. She is subject to a community order which
ends in February 2027.
--
There is no social worker allocated now. The child was looked after by Anytown
between 2020 and 2022 and returned home.
--
We have no concerns about the child, who is up to date with immunisations and
was last seen by the nurse on 4 August 2026.
--
Our involvement began in May 2025 when the school asked for support. We met
the family five times.
--
The health visitor records show that the new birth visit took place on 14
January and the six week check was missed twice.
--
Nil return for the child. Her mother presented at A&E in labour on 11 March
and disclosed drug use.
--
The child is not known to CAMHS. The sibling was referred twice, in 2024 and
2025, and was not brought to either appointment.
--
Family unknown to the MASH until this incident. A strategy meeting was held on
18 November and a section 47 enquiry is under way.
--
No record of the father on our system. Grandmother told our worker in June
that the boyfriend had hit the child.
--
Not known to us under that surname. Under the mother's maiden name we have a
file: two referrals in 2022, both for neglect.
--
We never had any contact with the family ourselves, although the neighbour
rang our helpline twice in October about a child crying.
--
I can confirm the child attended our nursery for three mornings a week from
April. Staff noted a burn to the hand on 6 October and rang MASH.
--
No trace of the child, but there are two call logs for the address: 3 May
2026, intruder alarm, and 19 June 2026, kitchen fire.
--
We have no information that the child was at risk. He was seen by Dr Exampler
on 2 November for a cough and looked well.
--
Summary of contact: GP appointments 3/2/26, 17/2/26, 5/5/26; not brought
9/6/26 and 16/6/26; letter sent to parents 20/6/26.
--
The family has not been known to us for long: we opened the case on 12 October
and visited three times before the incident.
--
No involvement with the child. Our perpetrator programme worked with her
father in 2025; he left after four sessions.
"""

NEITHER = """\
Thanks, received. We will send our chronology next week.
--
If the family is not known to us we will send a nil return by Friday.
--
Can you tell me whether the child is not known to us under another name?
--
Not open to our team at present.
--
Please could you confirm the date of birth? We have no trace under the one you gave.
--
I think the family may be unknown to us but need to check with the archive and
will come back to you.
--
The address is not known to us.
--
Initial checks show no record; a full search will follow.
--
Father is not known to us.
--
We have no record of receiving your letter. Please send it again.
--
It is not known to us who was caring for the child at the time.
--
No involvement of the press that we are aware of. When is the panel?
--
I am not the right contact for this. Please write to our safeguarding team.
--
Thank you for letting us know.
"""


def _split(text: str) -> list[str]:
    return [one.strip() for one in text.split("\n--\n")]


REPLIES = [
    *((text, "not known to us") for text in _split(NIL)),
    *((text, "received") for text in _split(TELLING)),
    *((text, None) for text in _split(NEITHER)),
]
